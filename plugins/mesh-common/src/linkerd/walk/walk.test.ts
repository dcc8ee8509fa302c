import { walkRequestSchema } from '../../contract/schemas/walk';
import { WalkAnswer } from '../../contract/walk';
import { KindId } from '../../kubernetes/kinds';
import { MESHES } from '../../mesh/meshes';
import { requestWalk } from '../../mesh/requestWalk';
import { clusterOf, CONTROL_PLANE, meshedPod } from '../__testUtils__/cluster';

const service = (
  name: string,
  options: { annotations?: Record<string, string>; spec?: string } = {},
) => `
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
  annotations: ${JSON.stringify(options.annotations ?? {})}
spec:
  ${options.spec ?? `clusterIP: 10.9.0.${name.length}`}
  selector: { app: ${name} }
  ports: [{ port: 80, targetPort: 8080 }]
`;

const plainPod = (name: string, ip: string) => `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }
status: { podIP: ${ip}, phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`;

const PARENT = '{ group: "", kind: Service, name: cart, port: 80 }';

const route = (
  rules: string,
  options: { annotations?: Record<string, string>; parent?: string } = {},
) => {
  const { parent = PARENT } = options;
  return `
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop, annotations: ${JSON.stringify(
    options.annotations ?? {},
  )} }
spec: { parentRefs: [${parent}], rules: [${rules}] }
status:
  parents:
    - parentRef: ${parent}
      controllerName: linkerd.io/policy-controller
      conditions: [{ type: Accepted, status: 'True' }]
`;
};

const DENY = `
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: 8080, accessPolicy: deny }
`;

const allow = (identity: string) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec: { identities: ["${identity}"] }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: callers, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: cart }
  requiredAuthenticationRefs:
    - { group: policy.linkerd.io, kind: MeshTLSAuthentication, name: callers }
`;

const WEB = meshedPod('web', { ip: '10.1.0.1', account: 'web' });
const CART = meshedPod('cart', { ip: '10.1.0.2' }) + service('cart');
const WEB_IDENTITY = 'web.shop.serviceaccount.identity.linkerd.mesh.example';

interface Question {
  host?: string;
  port?: number;
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  protocol?: 'http' | 'tls' | 'tcp';
}

function walked(
  yaml: string,
  { forbidden, ...question }: Question & { forbidden?: KindId[] } = {},
): WalkAnswer {
  return requestWalk(
    clusterOf(CONTROL_PLANE + yaml, { forbidden }),
    walkRequestSchema.parse({
      from: {
        workload: {
          cluster: 'test',
          namespace: 'shop',
          kind: 'Pod',
          name: 'web',
        },
      },
      host: 'cart',
      port: 80,
      ...question,
    }),
    MESHES,
  );
}

/** `outcome status`. */
function seen(yaml: string, question: Question = {}): string {
  const { outcome, status, mesh } = walked(yaml, question);
  expect(mesh).toBe('linkerd');
  return [outcome.value, status === null ? 'closed' : status]
    .filter(part => part !== undefined)
    .join(' ');
}

/** The share and the outcome of each branch. */
function branches(answer: WalkAnswer): string[] {
  return answer.branches.map(
    ({ host, percent, outcome, sends }) =>
      `${percent} ${host?.split('.')[0]} ${outcome} ${sends}`,
  );
}

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

describe('who is let in', () => {
  it.each<[string, string, Question, string]>([
    ['everybody, by default', WEB + CART, {}, 'delivered'],
    [
      'whom an authorization names',
      WEB + CART + DENY + allow(WEB_IDENTITY),
      {},
      'delivered',
    ],
    [
      'nobody else',
      WEB + CART + DENY + allow('other.example'),
      {},
      'denied 403',
    ],
    [
      'nobody without an identity',
      plainPod('web', '10.1.0.1') + CART + DENY + allow(WEB_IDENTITY),
      {},
      'denied 403',
    ],
    [
      'no connection either',
      WEB + CART + DENY,
      { protocol: 'tcp' },
      'denied closed',
    ],
    [
      'those without a proxy, by a server without one',
      plainPod('web', '10.1.0.1') +
        plainPod('cart', '10.1.0.2') +
        service('cart'),
      {},
      'delivered',
    ],
  ])('is %s', (_, yaml, question, expected) => {
    expect(seen(yaml, question)).toBe(expected);
  });

  it('goes by the headers that a backend changes', () => {
    const server = '{ group: policy.linkerd.io, kind: Server, name: cart }';
    const inbound = route(
      '{ matches: [{ headers: [{ name: x-env, value: prod }] }] }',
      { parent: server },
    );
    const outbound = route(
      `{ backendRefs: [{ name: cart, port: 80, filters: [
        { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: X-Env, value: prod }] } }] }] }`,
    ).replace(
      'name: cart, namespace: shop, annotations',
      'name: out, namespace: shop, annotations',
    );
    const yaml = WEB + CART + DENY + allow(WEB_IDENTITY) + inbound;
    expect(seen(yaml)).toBe('denied 404');
    expect(seen(yaml + outbound)).toBe('delivered');
  });

  it('goes by the path that routes of the Server take', () => {
    const server = `{ group: policy.linkerd.io, kind: Server, name: cart }`;
    const yaml =
      WEB +
      CART +
      DENY +
      allow(WEB_IDENTITY) +
      route('{ matches: [{ path: { value: /cart } }] }', { parent: server });
    expect(seen(yaml, { path: '/cart/1' })).toBe('delivered');
    expect(seen(yaml, { path: '/other' })).toBe('denied 404');
  });
});

describe('where it goes', () => {
  const v2 = meshedPod('v2', { ip: '10.1.0.3' }) + service('v2');
  const backends = (text: string) => route(`{ backendRefs: [${text}] }`);

  it.each<[string, string, Question, string]>([
    ['a Service without routes', WEB + CART, {}, 'delivered'],
    [
      'by its full name',
      WEB + CART,
      { host: 'cart.shop.svc.cluster.local' },
      'delivered',
    ],
    ['by its address', WEB + CART, { host: '10.9.0.4' }, 'delivered'],
    ['to a pod', WEB + CART, { host: '10.1.0.2', port: 8080 }, 'delivered'],
    ['no name of the cluster', WEB + CART, { host: 'basket' }, 'failed closed'],
    ['no port of the Service', WEB + CART, { port: 81 }, 'failed closed'],
    ['no endpoint', WEB + service('cart'), {}, 'failed 503'],
    [
      'no endpoint for a connection',
      WEB + service('cart'),
      { protocol: 'tcp' },
      'failed closed',
    ],
    [
      'no rule',
      WEB + CART + route('{ matches: [{ method: POST }] }'),
      {},
      'no-route 404',
    ],
    [
      'past the routes, as it is no HTTP',
      WEB + CART + route('{ matches: [{ method: POST }] }'),
      { protocol: 'tcp' },
      'delivered',
    ],
    [
      'to another Service',
      WEB + CART + v2 + backends('{ name: v2, port: 80 }'),
      {},
      'delivered',
    ],
    [
      'to none that is there',
      WEB + CART + backends('{ name: v3, port: 80 }'),
      {},
      'failed 500',
    ],
    [
      'to none with a part that is there',
      WEB + CART + backends('{ name: cart, port: 80 }, { name: v3, port: 80 }'),
      {},
      'depends',
    ],
    [
      'to backends without weight',
      WEB + CART + backends('{ name: cart, port: 80, weight: 0 }'),
      {},
      'failed 500',
    ],
    ['outside', WEB, { host: 'example.com' }, 'unmeshed'],
  ])('is %s', (_, yaml, question, expected) => {
    expect(seen(yaml, question)).toBe(expected);
  });

  it('is shared by weight', () => {
    const answer = walked(
      WEB +
        CART +
        v2 +
        backends(
          '{ name: cart, port: 80, weight: 3 }, { name: v2, port: 80, weight: 1 }',
        ),
    );
    expect(branches(answer)).toEqual([
      '75 cart delivered mtls',
      '25 v2 delivered mtls',
    ]);
  });

  it('is redirected', () => {
    const answer = walked(
      WEB +
        CART +
        route(`{
          matches: [{ path: { type: PathPrefix, value: /old } }],
          filters: [{ type: RequestRedirect, requestRedirect: {
            scheme: https, statusCode: 301, path: { type: ReplacePrefixMatch, replacePrefixMatch: /new } } }] }`),
      { path: '/old/1?q=2' },
    );
    expect(answer.redirect).toEqual({
      status: 301,
      location: 'https://cart/new/1?q=2',
    });
    expect(answer.outcome.value).toBe('redirect');
  });

  it('is not known for a mirror of another cluster', () => {
    const mirror = `
---
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
  labels: { mirror.linkerd.io/mirrored-service: 'true', mirror.linkerd.io/cluster-name: north }
  annotations: { mirror.linkerd.io/remote-svc-fq-name: cart.shop.svc.cluster.local }
spec: { clusterIP: 10.9.0.4, ports: [{ port: 80 }] }
`;
    const { outcome, summary } = walked(WEB + mirror);
    expect(outcome).toMatchObject({ value: 'unknown', cause: 'not-modelled' });
    expect(summary).toContain(
      'It mirrors cart.shop.svc.cluster.local of the cluster north',
    );
  });

  it('is not known for a workload outside Kubernetes', () => {
    const external = `
---
apiVersion: workload.linkerd.io/v1beta1
kind: ExternalWorkload
metadata: { name: vm-1, namespace: shop, labels: { app: cart } }
spec: { meshTLS: { identity: 'spiffe://mesh.example/vm-1' }, ports: [{ port: 8080 }], workloadIPs: [{ ip: 192.0.2.9 }] }
`;
    const { outcome, summary } = walked(WEB + CART + external);
    expect(outcome.value).toBe('unknown');
    expect(summary).toContain('ExternalWorkload shop/vm-1 is one of them');
  });

  it('is past the routes of a Service without an address', () => {
    const yaml =
      WEB +
      meshedPod('cart', { ip: '10.1.0.2' }) +
      service('cart', { spec: 'clusterIP: None' }) +
      route('{ matches: [{ method: POST }] }');
    expect(seen(yaml, { port: 8080 })).toBe('delivered');
  });
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

  it('is nothing for connections', () => {
    const answer = walked(yaml, { protocol: 'tcp' });
    expect(answer.timeoutMs).toBeUndefined();
    expect(answer.retries).toBeUndefined();
  });
});

describe('a ServiceProfile', () => {
  const profile = `
---
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec:
  routes:
    - { name: get, condition: { method: GET, pathRegex: '/cart/.*' }, timeout: 300ms }
`;

  it('wins over routes', () => {
    const yaml =
      WEB + CART + profile + route('{ matches: [{ method: POST }] }');
    const answer = walked(yaml, { path: '/cart/1' });
    expect(answer.outcome.value).toBe('delivered');
    expect(answer.timeoutMs).toBe(300);
    expect(answer.steps[1].reasons.map(({ text }) => text)).toContain(
      'HTTPRoute shop/cart is not used: ServiceProfile shop/cart.shop.svc.cluster.local wins over it',
    );
    expect(walked(yaml, { path: '/other' }).timeoutMs).toBeUndefined();
  });
});

describe('an EgressNetwork', () => {
  const egress = (policy: string) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: out, namespace: shop }
spec: { trafficPolicy: ${policy} }
status: { conditions: [{ type: Accepted, status: 'True' }] }
`;

  it.each<[string, Question, string]>([
    ['Allow', {}, 'unmeshed'],
    ['Deny', {}, 'denied 403'],
    ['Deny', { protocol: 'tls', port: 443 }, 'denied closed'],
  ])('with the policy %s', (policy, question, expected) => {
    const yaml = WEB + egress(policy);
    expect(seen(yaml, { host: '203.0.113.7', ...question })).toBe(expected);
    expect(seen(yaml, { host: 'example.com', ...question })).toBe(expected);
  });

  it('is gone through by its routes', () => {
    const parent =
      '{ group: policy.linkerd.io, kind: EgressNetwork, name: out, port: 80 }';
    const yaml =
      WEB +
      egress('Deny') +
      route('{ matches: [{ path: { value: /get } }] }', { parent });
    const get = walked(yaml, { host: '203.0.113.7', path: '/get' });
    expect(branches(get)).toEqual(['100 203 unmeshed plaintext']);
    expect(seen(yaml, { host: '203.0.113.7', path: '/ip' })).toBe('denied 403');
  });

  it('says that a name may have another address', () => {
    const { outcome } = walked(WEB + egress('Deny'), { host: 'example.com' });
    expect(outcome.mayDiffer?.map(({ text }) => text)).toEqual([
      expect.stringContaining('Which EgressNetwork counts'),
    ]);
  });
});
