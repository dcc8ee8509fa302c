import { KindId } from '../../kubernetes/kinds';
import { meshedPod } from '../__testUtils__/cluster';
import {
  service,
  plainPod,
  route,
  DENY,
  allow,
  WEB,
  CART,
  WEB_IDENTITY,
  walked,
  seen,
  branches,
} from './__testUtils__/walked';

it('tells each step, and who decides it', () => {
  const answer = walked(WEB + CART + DENY + allow(WEB_IDENTITY) + route('{}'));
  expect(answer.outcome.value).toBe('delivered');
  expect(answer.steps.map(({ step, text }) => `${step}: ${text}`)).toEqual([
    'host: cart (Service shop/cart)',
    'route: HTTPRoute shop/cart rules[0]',
  ]);
  const [branch] = answer.branches;
  expect(branch).toMatchObject({
    percent: 100,
    sends: 'mtls',
    endpoints: { ready: 1, total: 1 },
    workloads: [{ namespace: 'shop', name: 'cart' }],
  });
  expect(branch.steps.map(({ step, result }) => `${step} ${result}`)).toEqual([
    'destination ok',
    'security ok',
    'authorization ok',
    'resilience ok',
  ]);
  expect(branch.steps[1].text).toBe(
    'client mutual TLS of the mesh, server takes mutual TLS only',
  );
  expect(branch.authorization?.decision.value).toBe('allowed');
  expect(answer.summary).toBe('200 expected from cart');
  expect(
    answer.steps[1].reasons.map(({ object, field }) => [object?.kind, field]),
  ).toContainEqual(['gateway.networking.k8s.io/HTTPRoute', 'spec.rules[0]']);
});

it.each<[string, KindId, string]>([
  ['Services', 'Service', 'cart'],
  ['routes', 'gateway.networking.k8s.io/HTTPRoute', 'cart'],
  ['ServiceProfiles', 'linkerd.io/ServiceProfile', 'cart'],
  ['EgressNetworks', 'policy.linkerd.io/EgressNetwork', 'example.com'],
  ['Servers', 'policy.linkerd.io/Server', 'cart'],
])('is not known where %s cannot be read', (_, kind, host) => {
  expect(walked(WEB + CART, { host, forbidden: [kind] }).outcome).toMatchObject(
    {
      value: 'unknown',
      cause: 'forbidden',
    },
  );
});

describe('what is sent', () => {
  const skips = (ports: string) =>
    meshedPod('web', {
      ip: '10.1.0.1',
      annotations: { 'config.linkerd.io/skip-outbound-ports': ports },
    });

  it.each<[string, string, string[]]>([
    ['mutual TLS between proxies', WEB + CART, ['100 cart delivered mtls']],
    [
      'plaintext to a server without a proxy',
      WEB + plainPod('cart', '10.1.0.2') + service('cart'),
      ['100 cart delivered plaintext'],
    ],
    [
      'plaintext past the proxy',
      skips('80') + CART,
      ['100 cart delivered plaintext'],
    ],
  ])('is %s', (_, yaml, expected) => {
    expect(branches(walked(yaml))).toEqual(expected);
  });

  it('may differ where the proxies trust different roots', () => {
    const yaml =
      meshedPod('web', { ip: '10.1.0.1', roots: 'old' }) +
      meshedPod('cart', { ip: '10.1.0.2', roots: 'new' }) +
      service('cart');
    const { outcome } = walked(yaml);
    expect(outcome.value).toBe('delivered');
    expect(outcome.mayDiffer?.map(({ text }) => text)).toEqual([
      'Client and server trust different roots: one of them was started before the roots were changed',
    ]);
  });

  it('knows no routes past the proxy', () => {
    const yaml = skips('80') + CART + route('{ matches: [{ method: POST }] }');
    expect(seen(yaml)).toBe('delivered');
  });

  it('has the headers that the rule changes', () => {
    const rules = `{ filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: X-Env, value: prod }] } }] }`;
    expect(walked(WEB + CART + route(rules)).requestHeaders).toEqual({
      set: { 'x-env': 'prod' },
    });
  });
});

describe('what holds on the way', () => {
  const annotations = {
    'timeout.linkerd.io/request': '2s',
    'retry.linkerd.io/http': '5xx',
    'retry.linkerd.io/limit': '3',
    'balancer.linkerd.io/failure-accrual': 'consecutive',
  };
  const yaml =
    WEB +
    meshedPod('cart', { ip: '10.1.0.2' }) +
    service('cart', { annotations });

  it('is as the Service says', () => {
    const answer = walked(yaml);
    expect(answer).toMatchObject({
      timeoutMs: 2000,
      retries: { attempts: 3, on: ['5xx'], isDefault: false },
    });
    const resilience = answer.branches[0].steps.find(
      ({ step }) => step === 'resilience',
    );
    expect(resilience?.text).toBe(
      'timeout 2 s; 3 retries on 5xx; an endpoint is taken out for at least 1 s after 7 consecutive failures',
    );
  });

  it('is a limit for each response', () => {
    const limited = service('cart', {
      annotations: { 'timeout.linkerd.io/response': '1s' },
    });
    const answer = walked(
      WEB + meshedPod('cart', { ip: '10.1.0.2' }) + limited,
    );
    expect(answer.responseTimeoutMs).toBe(1000);
    expect(answer.branches[0].steps.at(-1)?.text).toBe(
      'no timeout; each response within 1 s; no retries',
    );
  });

  it('is nothing for connections', () => {
    const answer = walked(yaml, { protocol: 'tcp' });
    expect(answer.timeoutMs).toBeUndefined();
    expect(answer.retries).toBeUndefined();
  });
});
