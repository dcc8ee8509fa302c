import { clusterOf } from '../../../__testUtils__/cluster';
import { KindId } from '../../../kubernetes/kinds';
import {
  ISTIO,
  istio,
  namespace,
  pod,
  podOf,
  service,
} from '../../__testUtils__/istio';
import { inboundPort } from '../../inbound';

const EDGE = `${
  namespace('edge') +
  pod('front', { namespace: 'edge', mode: 'gateway', labels: 'istio: front' }) +
  service('front', {
    namespace: 'edge',
    ports:
      '{ name: http, port: 80, targetPort: 8080 }, { name: https, port: 443, targetPort: 8443 }',
  })
}`;
const STRICT = istio(
  'PeerAuthentication',
  'strict',
  '{ mtls: { mode: STRICT } }',
  {
    namespace: 'istio-system',
  },
);
const servers = (...list: string[]) =>
  istio(
    'Gateway',
    'front',
    `{ selector: { istio: front }, servers: [${list.join(', ')}] }`,
    { namespace: 'edge' },
  );
const tls = (mode: string, host = "'*'") =>
  `{ port: { number: 443, name: s${mode.length}, protocol: HTTPS }, hosts: [${host}], tls: { mode: ${mode} } }`;
const raw = (mode: string) =>
  `{ port: { number: 443, name: s, protocol: TLS }, hosts: ['*'], tls: { mode: ${mode} } }`;
const PLAIN = "{ port: { number: 80, name: h, protocol: HTTP }, hosts: ['*'] }";
const REDIRECT =
  "{ port: { number: 80, name: h, protocol: HTTP }, hosts: ['*'], tls: { httpsRedirect: true } }";
const SNI = istio(
  'VirtualService',
  'sni',
  '{ hosts: [a.example.com], gateways: [front], tls: [{ match: [{ sniHosts: [a.example.com] }], route: [{ destination: { host: front } }] }] }',
  { namespace: 'edge' },
);

function accepts(yaml: string, port: number, forbidden: KindId[] = []) {
  const snapshot = clusterOf(ISTIO + EDGE + STRICT + yaml, { forbidden });
  return inboundPort(
    snapshot,
    podOf(snapshot, 'front', 'edge'),
    port,
    'gateway',
  ).accepts;
}

describe('gatewayAccepts', () => {
  it.each<[string, string, number, string, string | undefined]>([
    ['plaintext', servers(PLAIN), 8080, 'plaintext-only', undefined],
    ['a redirect', servers(REDIRECT), 8080, 'plaintext-only', undefined],
    ['TLS of its own', servers(tls('SIMPLE')), 8443, 'own-tls', 'SIMPLE'],
    ['TLS of both sides', servers(tls('MUTUAL')), 8443, 'own-tls', 'MUTUAL'],
    [
      'mutual TLS of the mesh',
      servers(tls('ISTIO_MUTUAL')),
      8443,
      'mtls-only',
      'ISTIO_MUTUAL',
    ],
    [
      'what differs by host',
      servers(tls('ISTIO_MUTUAL', 'a.com'), tls('SIMPLE', 'b.com')),
      8443,
      'own-tls',
      undefined,
    ],
    [
      'TLS that passes by a route',
      servers(raw('PASSTHROUGH')) + SNI,
      8443,
      'own-tls',
      'PASSTHROUGH',
    ],
    [
      'TLS that would pass, without a route',
      servers(raw('PASSTHROUGH')),
      8443,
      'nothing',
      undefined,
    ],
    [
      'mutual TLS that passes to another network',
      servers(raw('AUTO_PASSTHROUGH')),
      8443,
      'mtls-only',
      'AUTO_PASSTHROUGH',
    ],
    ['another port', servers(PLAIN), 9999, 'nothing', undefined],
    ['its own health', servers(PLAIN), 15021, 'nothing', undefined],
  ])('%s, whatever PeerAuthentication says', (_, yaml, port, value, term) => {
    const answer = accepts(yaml, port);
    expect([answer.value, answer.term]).toEqual([value, term]);
    expect(answer.reasons.length).toBeGreaterThan(0);
  });

  it('names the server that decides', () => {
    expect(accepts(servers(tls('SIMPLE')), 8443).reasons).toMatchObject([
      {
        text: 'Gateway edge/front, port 443 for *: TLS with a certificate of its own; PeerAuthentication does not concern it',
        object: { kind: 'networking.istio.io/Gateway', name: 'front' },
        field: 'spec.servers[0]',
      },
    ]);
  });

  it('knows HBONE of an east-west gateway', () => {
    const snapshot = clusterOf(`${
      ISTIO +
      namespace('edge') +
      pod('ew', {
        namespace: 'edge',
        mode: 'gateway',
        labels: 'gateway.networking.k8s.io/gateway-name: ew',
      })
    }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: ew, namespace: edge }
spec: { gatewayClassName: istio-east-west, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`);
    expect(
      inboundPort(snapshot, podOf(snapshot, 'ew', 'edge'), 15008, 'gateway')
        .accepts,
    ).toMatchObject({ value: 'mtls-only', term: 'HBONE' });
  });

  it('is not known where Gateways cannot be read', () => {
    expect(
      accepts(servers(PLAIN), 8080, ['networking.istio.io/Gateway']),
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });
});
