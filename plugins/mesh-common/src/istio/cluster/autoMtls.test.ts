import { clusterOf } from '../../__testUtils__/cluster';
import { ISTIO, istio, pod, service } from '../__testUtils__/istio';
import { meshConfig } from '../meshConfig';
import { servicesOfHost } from '../meshServices';
import { inferredMode } from './autoMtls';

function mode(host: string, yaml: string, passthrough = false) {
  const snapshot = clusterOf(ISTIO + yaml);
  const mesh = meshConfig(snapshot);
  const [called] = servicesOfHost(snapshot, host);
  if (mesh.state !== 'read' || !called) {
    throw new TypeError(`${host} cannot be asked about`);
  }
  return inferredMode(snapshot, called, 80, mesh.config, { passthrough }).value;
}

const CART = 'cart.shop.svc.cluster.local';
const HEADLESS = service('cart', { spec: 'clusterIP: None' }).replace(
  '  clusterIP: 10.0.0.1\n',
  '',
);
const STRICT = istio(
  'PeerAuthentication',
  'default',
  '{ mtls: { mode: STRICT } }',
);
const OUTSIDE = istio(
  'ServiceEntry',
  'outside',
  '{ hosts: [outside.example], location: MESH_EXTERNAL, resolution: DNS, ports: [{ number: 80, name: http, protocol: HTTP }] }',
);

describe('inferredMode', () => {
  it.each([
    ['a Service without policies', CART, service('cart'), 'PERMISSIVE'],
    ["the namespace's mode", CART, service('cart') + STRICT, 'STRICT'],
    [
      'policies of workloads do not count',
      CART,
      service('cart') +
        istio(
          'PeerAuthentication',
          'cart',
          '{ selector: { matchLabels: { app: cart } }, mtls: { mode: DISABLE } }',
        ),
      'PERMISSIVE',
    ],
    ['a headless Service without pods', CART, HEADLESS + STRICT, 'DISABLE'],
    ['a headless Service', CART, HEADLESS + pod('cart') + STRICT, 'STRICT'],
    [
      'a headless Service one of whose pods has no proxy',
      CART,
      HEADLESS +
        pod('cart') +
        pod('cart', { mode: 'none' }).replace('cart-1', 'cart-2'),
      'DISABLE',
    ],
    [
      'but one whose label says something else does not count',
      CART,
      HEADLESS +
        pod('cart') +
        pod('cart', {
          mode: 'none',
          labels: "security.istio.io/tlsMode: ''",
        }).replace('cart-1', 'cart-2') +
        STRICT,
      'STRICT',
    ],
    [
      'one that says that there is none does',
      CART,
      HEADLESS +
        pod('cart', {
          mode: 'none',
          labels: 'security.istio.io/tlsMode: disabled',
        }) +
        STRICT,
      'DISABLE',
    ],
    ['a host outside the mesh', 'outside.example', OUTSIDE + STRICT, 'none'],
  ])('%s', (_, host, yaml, expected) => {
    expect(mode(host, yaml)).toBe(expected);
  });

  it('looks at the endpoints where the client picks one by its policy', () => {
    expect(mode(CART, service('cart') + STRICT, true)).toBe('DISABLE');
    expect(mode(CART, service('cart') + pod('cart') + STRICT, true)).toBe(
      'STRICT',
    );
  });
});
