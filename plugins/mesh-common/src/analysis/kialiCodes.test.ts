import { clusterOf } from '../__testUtils__/cluster';
import {
  deployment,
  ISTIO,
  namespace,
  pod,
  service,
} from '../istio/__testUtils__/istio';
import { Analyzer } from './Analyzer';
import { ISTIO_CHECKS } from './istioChecks';

const PLAIN = service('cart', { ports: '{ name: web, port: 80 }' });
const MINE = service('cart', {
  ports: '{ name: web, port: 80, appProtocol: example.org/mine }',
});
const AMBIENT = namespace('shop', 'istio.io/dataplane-mode: ambient');
const gateway = (type: string, reason: string) => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: web, namespace: shop }
spec: { gatewayClassName: istio }
status: { conditions: [{ type: ${type}, status: "False", reason: ${reason} }] }
`;

/** Kiali's codes of each finding that istioctl has, too. */
function aliases(code: string, yaml: string): (readonly string[])[] {
  return Analyzer.create(ISTIO_CHECKS)
    .analyze(clusterOf(ISTIO + yaml))
    .findings.filter(finding => finding.code === code)
    .map(finding => finding.aliases);
}

describe('what istioctl says has a code of Kiali only where Kiali says it', () => {
  it.each<[string, string, string[]]>([
    ['a pod with a sidecar', PLAIN + pod('cart'), ['KIA0601']],
    [
      'one in ambient mode',
      PLAIN + pod('cart', { mode: 'ambient' }),
      ['KIA0601'],
    ],
    [
      'one of several',
      PLAIN +
        pod('cart', { mode: 'none' }) +
        pod('cart').replace('cart-1', 'cart-2'),
      ['KIA0601'],
    ],
    [
      'a template in ambient mode',
      AMBIENT + PLAIN + deployment('cart'),
      ['KIA0601'],
    ],
    [
      'a template outside the mesh',
      namespace('shop') + PLAIN + deployment('cart'),
      [],
    ],
    ['a pod outside the mesh', PLAIN + pod('cart', { mode: 'none' }), []],
    ['no pod', PLAIN, []],
    [
      'no selector',
      PLAIN.replace('selector: { app: cart }', '') + pod('cart'),
      [],
    ],
    ['an appProtocol', MINE + pod('cart'), ['KIA0602']],
    [
      'an appProtocol outside the mesh',
      MINE + pod('cart', { mode: 'none' }),
      [],
    ],
  ])('IST0118: %s', (_, yaml, expected) => {
    expect(aliases('IST0118', yaml)).toEqual([expected]);
  });

  it.each<[string, string, string[]]>([
    ['Accepted', 'Invalid', ['GWAPI']],
    ['Programmed', 'Invalid', ['GWAPI']],
    ['ResolvedRefs', 'RefNotPermitted', []],
    ['Accepted', 'ListenersNotValid', []],
    ['Programmed', 'Pending', []],
    ['Programmed', 'ListenerSetsNotValid', []],
  ])('IST0171: a Gateway that is not %s (%s)', (type, reason, expected) => {
    expect(aliases('IST0171', gateway(type, reason))).toEqual([expected]);
  });
});
