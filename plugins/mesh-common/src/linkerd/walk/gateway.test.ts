import { meshedPod } from '../__testUtils__/cluster';
import {
  gateway,
  GATEWAY_IDENTITY,
  link,
  mirror,
  walkedFromWest,
} from './__testUtils__/clusters';
import {
  allow,
  CART,
  DENY,
  plainPod,
  route,
  service,
  WEB,
  WEB_IDENTITY,
} from './__testUtils__/walked';

const MIRROR = mirror('cart-east');
const v2 = meshedPod('v2', { ip: '10.1.0.3' }) + service('v2');
/** As gateways that nobody may come into. */
const closed = gateway({
  annotations: {
    'config.linkerd.io/enable-gateway': 'true',
    'config.linkerd.io/default-inbound-policy': 'deny',
  },
});

describe('a request that goes through the gateway of another cluster', () => {
  it.each<[string, string, string, string]>([
    [
      'to a port that lets everybody in',
      WEB + MIRROR,
      CART + gateway(),
      'delivered',
    ],
    [
      'to a port that lets in the client by its name',
      WEB + MIRROR,
      CART + gateway() + DENY + allow(WEB_IDENTITY),
      'denied 403',
    ],
    [
      'to a port that lets in the gateway',
      WEB + MIRROR,
      CART + gateway() + DENY + allow(GATEWAY_IDENTITY),
      'delivered',
    ],
    [
      'through a gateway that lets in nobody',
      WEB + MIRROR,
      CART + closed,
      'denied 403',
    ],
    [
      'through a gateway that lets in its own networks',
      WEB + MIRROR,
      CART +
        gateway({
          annotations: {
            'config.linkerd.io/default-inbound-policy': 'cluster-authenticated',
          },
        }),
      'depends',
    ],
    [
      'through a gateway of another identity than is expected',
      WEB + MIRROR,
      CART + gateway({ account: 'other' }),
      'failed 502',
    ],
    [
      'from a client of the same identity',
      meshedPod('web', {
        account: 'linkerd-gateway',
        identity: GATEWAY_IDENTITY,
      }) + MIRROR,
      CART + gateway(),
      'failed 508',
    ],
    [
      'from a client without a proxy',
      plainPod('web', '10.1.0.1') + MIRROR,
      CART + gateway(),
      'failed closed',
    ],
    [
      'from a proxy without an identity',
      meshedPod('web', { identity: null }) + MIRROR,
      CART + gateway(),
      'failed 502',
    ],
    ['to a Service that is gone', WEB + MIRROR, gateway(), 'failed'],
    [
      'to a Service without pods',
      WEB + MIRROR,
      service('cart') + gateway(),
      'failed 503',
    ],
    [
      'to a Service of which routes of its cluster take part of the requests',
      WEB + MIRROR,
      CART + gateway() + route('{ matches: [{ path: { value: /v1 } }] }'),
      'no-route 404',
    ],
    [
      'through a gateway that is not ready',
      WEB + MIRROR,
      CART + gateway().replace('"status":"True"', '"status":"False"'),
      'failed 503',
    ],
    ['of a cluster without a gateway', WEB + MIRROR, CART, 'unknown'],
    [
      'of a gateway that leads on to a third cluster',
      WEB + MIRROR,
      gateway() + mirror('cart'),
      'unknown',
    ],
  ])('%s', (_, west, east, expected) => {
    const { outcome, status } = walkedFromWest(west, east);
    expect(
      [outcome.value, status === null ? 'closed' : status]
        .filter(part => part !== undefined)
        .join(' '),
    ).toBe(expected);
  });

  it('names the gateway, whom the server sees, and what decides in which cluster', () => {
    const { branches, outcome } = walkedFromWest(
      WEB + MIRROR,
      CART + gateway() + DENY + allow(WEB_IDENTITY),
    );
    expect(branches).toMatchObject([
      {
        host: 'cart.shop',
        via: [
          {
            cluster: 'east',
            namespace: 'linkerd-multicluster',
            name: 'linkerd-gateway',
          },
        ],
        workloads: [{ cluster: 'east', name: 'cart' }],
        sends: 'mtls',
        peerIdentity: GATEWAY_IDENTITY,
      },
    ]);
    expect(
      branches[0].steps.map(({ step, result }) => `${step} ${result}`),
    ).toEqual([
      'destination ok',
      'security ok',
      'authorization ok',
      'route ok',
      'destination ok',
      'security ok',
      'authorization ends',
      'resilience ok',
      'resilience ok',
    ]);
    expect(branches[0].steps.map(({ at }) => at?.cluster ?? '')).toEqual([
      '',
      'east',
      'east',
      'east',
      '',
      '',
      '',
      'east',
      '',
    ]);
    expect(outcome.mayDiffer).toBeUndefined();
    expect(outcome.reasons).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          object: expect.objectContaining({
            cluster: 'east',
            kind: 'policy.linkerd.io/AuthorizationPolicy',
            name: 'callers',
          }),
        }),
      ]),
    );
  });

  it('parts behind the gateway as the routes there say', () => {
    const { branches } = walkedFromWest(
      WEB + MIRROR,
      CART +
        v2 +
        gateway() +
        route(
          '{ backendRefs: [{ name: cart, port: 80, weight: 3 }, { name: v2, port: 80 }] }',
        ),
    );
    expect(
      branches.map(({ percent, workloads, via }) => [
        percent,
        workloads[0].name,
        via?.[0].name,
      ]),
    ).toEqual([
      [75, 'cart', 'linkerd-gateway'],
      [25, 'v2', 'linkerd-gateway'],
    ]);
  });

  it('is one share of those that a route sends to a mirror', () => {
    const { branches } = walkedFromWest(
      WEB +
        CART +
        MIRROR +
        route(
          '{ backendRefs: [{ name: cart, port: 80, weight: 9 }, { name: cart-east, port: 80 }] }',
        ),
      CART + gateway(),
      { host: 'cart' },
    );
    expect(
      branches.map(({ percent, workloads, peerIdentity }) => [
        percent,
        workloads[0].cluster,
        peerIdentity,
      ]),
    ).toEqual([
      [90, 'west', WEB_IDENTITY],
      [10, 'east', GATEWAY_IDENTITY],
    ]);
  });

  it('may differ where the Link says that it is not mirrored as it is', () => {
    const status = {
      mirrorServices: [
        {
          remoteRef: { namespace: 'shop', name: 'cart' },
          conditions: [
            { type: 'Mirrored', status: 'False', message: 'no namespace' },
          ],
        },
      ],
    };
    const { outcome } = walkedFromWest(
      WEB + MIRROR + link('east', '192.0.2.1', status),
      CART + gateway(),
    );
    expect(outcome.mayDiffer).toMatchObject([
      {
        text: 'Link linkerd-multicluster/east says that shop/cart is not mirrored as it is: no namespace',
      },
    ]);
  });

  it('comes to the Service that has the address of the Link, marked or not', () => {
    const unmarked = gateway().replace(
      /"mirror.linkerd.io\/gateway-identity":"[^"]*"/,
      '"other":"x"',
    );
    const ask = (west: string) =>
      walkedFromWest(WEB + MIRROR + west, CART + unmarked).outcome.value;
    expect(ask('')).toBe('unknown');
    expect(ask(link('east', '192.0.2.1'))).toBe('delivered');
  });

  it('says where the gateway may not be one', () => {
    const { outcome } = walkedFromWest(
      WEB + MIRROR,
      CART + gateway({ annotations: {} }),
    );
    expect(outcome).toMatchObject({
      value: 'delivered',
      mayDiffer: [
        {
          text: expect.stringContaining('config.linkerd.io/enable-gateway'),
        },
      ],
    });
  });
});

describe('the cluster of a mirror', () => {
  it.each<
    [string, string, Parameters<typeof walkedFromWest>[2], string, string]
  >([
    ['is that of its name', '', {}, 'delivered', '200 expected from cart'],
    [
      'is the one whose gateway has the address of the Link',
      link('east', '198.51.100.7,192.0.2.1'),
      { name: 'production-2' },
      'delivered',
      '200 expected from cart',
    ],
    [
      'is not known where no name and no address fits',
      link('east', '198.51.100.7'),
      { name: 'production-2' },
      'unknown',
      'No cluster of the name east is configured, and none whose gateway has the address of a Link to it',
    ],
    [
      'is not known where it may be one that cannot be read',
      '',
      { name: 'production-2', forbidden: ['Service'] },
      'unknown',
      'No cluster of the name east is configured, and one that cannot be read may be it',
    ],
    [
      'is not known where it cannot be read',
      '',
      { forbidden: ['Service'] },
      'unknown',
      'Service is forbidden',
    ],
    [
      'is not known where its pods cannot be read',
      '',
      { forbidden: ['Pod'] },
      'unknown',
      'Pod is forbidden',
    ],
    [
      'has policies that cannot be read',
      '',
      { forbidden: ['policy.linkerd.io/Server'] },
      'unknown',
      'policy.linkerd.io/Server is forbidden',
    ],
  ])('%s', (_, west, options, expected, text) => {
    const { outcome, summary } = walkedFromWest(
      WEB + MIRROR + west,
      CART + gateway(),
      options,
    );
    expect(outcome.value).toBe(expected);
    expect(summary).toContain(text);
  });
});
