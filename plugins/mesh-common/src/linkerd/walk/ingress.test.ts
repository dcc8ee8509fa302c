import { meshedPod } from '../__testUtils__/cluster';
import { CART, route, seen, service, walked } from './__testUtils__/walked';

const INGRESS = meshedPod('web', {
  ip: '10.1.0.1',
  account: 'web',
  annotations: { 'linkerd.io/inject': 'ingress' },
});
const WEB = meshedPod('web', { ip: '10.1.0.1', account: 'web' });
const SHOP = meshedPod('stock', { ip: '10.1.0.9' }) + service('stock');

const hostOf = (yaml: string, target?: string, protocol?: 'tcp') =>
  walked(yaml, {
    host: 'stock',
    protocol,
    headers: target === undefined ? {} : { 'L5d-Dst-Override': target },
  }).branches.map(({ host, sends }) => `${host} ${sends}`);

const CART_NAME = 'cart.shop.svc.cluster.local';

describe('the proxy of an ingress', () => {
  it.each([
    ['sends to the Service of the header', INGRESS, `${CART_NAME}:80`, 'cart'],
    ['takes port 80 where none is written', INGRESS, CART_NAME, 'cart'],
    ['goes where it is sent to without', INGRESS, undefined, 'stock'],
    ['is the only one that reads the header', WEB, CART_NAME, 'stock'],
  ])('%s', (_, client, target, expected) => {
    expect(hostOf(client + CART + SHOP, target)).toEqual([
      `${expected}.shop mtls`,
    ]);
  });

  it('reads the header of requests only', () => {
    expect(hostOf(INGRESS + CART + SHOP, CART_NAME, 'tcp')).toEqual([
      'stock.shop mtls',
    ]);
  });

  it('names the annotation that makes it one', () => {
    const answer = walked(INGRESS + CART + SHOP, {
      host: 'stock',
      headers: { 'l5d-dst-override': CART_NAME },
    });
    expect(answer.steps[0]).toMatchObject({
      step: 'host',
      reasons: [
        {
          object: { kind: 'Pod', name: 'web' },
          field: 'metadata.annotations.linkerd.io/inject',
        },
        { object: { kind: 'Service', name: 'cart' } },
      ],
    });
  });

  it('uses the routes of the Service of the header', () => {
    const api = route('{ matches: [{ path: { type: Exact, value: /api } }] }');
    const headers = { 'l5d-dst-override': CART_NAME };
    const yaml = INGRESS + CART + SHOP + api;
    expect(seen(yaml, { host: 'stock', headers })).toBe('no-route 404');
    expect(seen(yaml, { host: 'stock' })).toBe('delivered');
  });

  it.each(['cart', 'cart.shop', '10.9.0.4:80', 'none.shop.svc.cluster.local'])(
    'closes the connection where the header is no full name of a Service: %s',
    target => {
      const headers = { 'l5d-dst-override': target };
      expect(seen(INGRESS + CART + SHOP, { host: 'stock', headers })).toBe(
        'failed closed',
      );
    },
  );
});
