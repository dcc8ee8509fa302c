import { WalkAnswer } from '../contract/walk';
import { walkRequestSchema } from '../contract/schemas/walk';
import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, istio, pod, service } from '../istio/__testUtils__/istio';
import { MESHES } from './meshes';
import { requestWalk } from './requestWalk';

interface Question {
  from?: string;
  settings?: string;
  host?: string;
  port?: number;
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  jwt?: Record<string, unknown>;
  protocol?: 'http' | 'tls' | 'tcp';
}

function walked(yaml: string, question: Question = {}): WalkAnswer {
  const { from = 'web', settings = ISTIO, ...request } = question;
  return requestWalk(
    clusterOf(settings + yaml),
    walkRequestSchema.parse({
      from: {
        workload: {
          cluster: 'test',
          namespace: 'shop',
          kind: 'Pod',
          name: `${from}-1`,
        },
      },
      host: 'cart',
      port: 80,
      ...request,
    }),
    MESHES,
  );
}

/** `outcome status flag`. */
function seen(yaml: string, question: Question = {}): string {
  const { outcome, status, flag } = walked(yaml, question);
  return [outcome.value, status === null ? 'closed' : status, flag]
    .filter(part => part !== undefined)
    .join(' ');
}

const web = pod('web', { ip: '10.1.0.1' });
const cart = pod('cart', { ip: '10.1.0.2' }) + service('cart');
const plainWeb = pod('web', { mode: 'none', ip: '10.1.0.1' });
const ambientWeb = pod('web', { mode: 'ambient', ip: '10.1.0.1' });
const strict = istio(
  'PeerAuthentication',
  'default',
  '{ mtls: { mode: STRICT } }',
);
const rule = (tls: string) =>
  istio(
    'DestinationRule',
    'cart',
    `{ host: cart, trafficPolicy: { tls: { mode: ${tls} } } }`,
  );
const policy = (spec: string) => istio('AuthorizationPolicy', 'cart', spec);
const routes = (http: string) =>
  istio('VirtualService', 'cart', `{ hosts: [cart], http: [${http}] }`);

describe('requestWalk', () => {
  it.each<[string, string, Question, string]>([
    ['plain HTTP between sidecars', web + cart, {}, 'delivered'],
    ['STRICT, by auto mTLS', web + cart + strict, {}, 'delivered'],
    [
      'STRICT, client DISABLE',
      web + cart + strict + rule('DISABLE'),
      {},
      'failed 503 UC',
    ],
    [
      'STRICT, client without a proxy',
      plainWeb + cart + strict,
      {},
      'failed closed',
    ],
    ['PERMISSIVE, client without a proxy', plainWeb + cart, {}, 'delivered'],
    [
      'server without a proxy',
      web + pod('cart', { mode: 'none', ip: '10.1.0.2' }) + service('cart'),
      {},
      'delivered',
    ],
    [
      'ISTIO_MUTUAL to a server without a proxy',
      web +
        pod('cart', { mode: 'none', ip: '10.1.0.2' }) +
        service('cart') +
        rule('ISTIO_MUTUAL'),
      {},
      'failed 503 UF',
    ],
    ['no endpoints', web + service('cart'), {}, 'failed 503 UH'],
    ['no endpoints, no proxy', plainWeb + service('cart'), {}, 'failed closed'],
    ['a name that nobody has', web, { host: 'nobody' }, 'failed closed'],
    [
      'denied',
      web +
        cart +
        policy('{ rules: [{ to: [{ operation: { methods: [POST] } }] }] }'),
      {},
      'denied 403',
    ],
    [
      'denied by a ztunnel to a client without a proxy',
      plainWeb +
        pod('cart', { mode: 'ambient', ip: '10.1.0.2' }) +
        service('cart') +
        policy('{ }'),
      {},
      'denied closed',
    ],
    [
      'ambient to ambient',
      ambientWeb +
        pod('cart', { mode: 'ambient', ip: '10.1.0.2' }) +
        service('cart') +
        strict,
      {},
      'delivered',
    ],
    [
      'subset without a rule',
      web +
        cart +
        routes('{ route: [{ destination: { host: cart, subset: v1 } }] }'),
      {},
      'failed 503 NC',
    ],
    [
      'no route matches',
      web +
        cart +
        routes(
          '{ match: [{ uri: { prefix: /a } }], route: [{ destination: { host: cart } }] }',
        ),
      {},
      'no-route 404 NR',
    ],
    [
      'abort',
      web +
        cart +
        routes(
          '{ fault: { abort: { httpStatus: 418, percentage: { value: 100 } } }, route: [{ destination: { host: cart } }] }',
        ),
      {},
      'failed 418 FI',
    ],
    [
      'abort of a part',
      web +
        cart +
        routes(
          '{ fault: { abort: { httpStatus: 418, percentage: { value: 5 } } }, route: [{ destination: { host: cart } }] }',
        ),
      {},
      'depends',
    ],
    [
      'redirect',
      web + cart + routes('{ redirect: { uri: /new } }'),
      {},
      'redirect 301',
    ],
  ])('%s', (_name, yaml, question, expected) => {
    expect(seen(yaml, question)).toBe(expected);
  });

  it('names each step and what decides it', () => {
    const { steps, branches, summary } = walked(web + cart + strict);
    expect(summary).toBe('200 expected from cart-1');
    expect(steps.map(({ step, text }) => `${step}: ${text}`)).toEqual([
      'host: cart.shop.svc.cluster.local (Service shop/cart)',
      'route: No rule decides: the request goes to the Service itself',
    ]);
    expect(
      branches[0].steps.map(({ step, text }) => `${step}: ${text}`),
    ).toEqual([
      'destination: cart.shop.svc.cluster.local:80: 1 of 1 endpoints ready',
      'security: client mutual TLS of the mesh, server STRICT: mutual TLS',
      'authorization: No policy with the action ALLOW applies here, so that everybody is let in whom none denies',
      expect.stringContaining('resilience: no timeout'),
    ]);
  });

  it('is unknown where a deciding input is', () => {
    expect(
      requestWalk(
        clusterOf(ISTIO + web + cart, {
          forbidden: ['security.istio.io/PeerAuthentication'],
        }),
        walkRequestSchema.parse({
          from: {
            workload: {
              cluster: 'test',
              namespace: 'shop',
              kind: 'Pod',
              name: 'web-1',
            },
          },
          host: 'cart',
          port: 80,
        }),
        MESHES,
      ).outcome,
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });
});
