import { clusterOf } from '../__testUtils__/cluster';
import {
  ISTIO,
  istio,
  meshSettings,
  namespace,
  pod,
  service,
} from '../istio/__testUtils__/istio';
import {
  CONTROL_PLANE,
  document,
  meshedPod,
} from '../linkerd/__testUtils__/cluster';
import {
  autoscaler,
  BUDGET,
  deployment,
  NETWORK_POLICY,
} from './__testUtils__/objects';
import { measure } from './__testUtils__/part';
import { CHECKLIST } from './checklist';

const STRICT = istio(
  'PeerAuthentication',
  'default',
  '{ mtls: { mode: STRICT } }',
);
const PERMISSIVE = istio(
  'PeerAuthentication',
  'default',
  '{ mtls: { mode: PERMISSIVE } }',
);
const istioShop = ISTIO + pod('reviews') + service('reviews');

function virtualService(http: string): string {
  return istio(
    'VirtualService',
    'reviews',
    `{ hosts: [reviews], http: [${http}] }`,
  );
}

function destinationRule(policy: string): string {
  return istio(
    'DestinationRule',
    'reviews',
    `{ host: reviews, trafficPolicy: ${policy}, subsets: [{ name: v1 }, { name: v2 }] }`,
  );
}

const TO_REVIEWS = 'route: [{ destination: { host: reviews } }]';

function linkerdService(annotations: Record<string, string> = {}): string {
  return document({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'reviews', namespace: 'shop', annotations },
    spec: {
      clusterIP: '10.9.0.1',
      selector: { app: 'reviews' },
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    },
  });
}

const linkerdPod = (annotations: Record<string, string> = {}) =>
  meshedPod('reviews', { annotations });
const linkerdShop = CONTROL_PLANE + linkerdPod() + linkerdService();

function httpRoute(
  backends: object[],
  annotations: Record<string, string> = {},
): string {
  const parent = {
    group: '',
    kind: 'Service',
    name: 'reviews',
    namespace: 'shop',
    port: 80,
  };
  return document({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'reviews', namespace: 'shop', annotations },
    spec: { parentRefs: [parent], rules: [{ backendRefs: backends }] },
    status: {
      parents: [
        {
          parentRef: parent,
          controllerName: 'linkerd.io/policy-controller',
          conditions: [{ type: 'Accepted', status: 'True' }],
        },
      ],
    },
  });
}

const ONE = [{ name: 'reviews', port: 80 }];

const SERVER = `
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: http, namespace: shop }
spec: { podSelector: { matchLabels: { app: reviews } }, port: http }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: web, namespace: shop }
spec: { identityRefs: [{ kind: ServiceAccount, name: web }] }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: web, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: http }
  requiredAuthenticationRefs:
    - { group: policy.linkerd.io, kind: MeshTLSAuthentication, name: web }
`;

const AUTHENTICATED = {
  'config.linkerd.io/default-inbound-policy': 'all-authenticated',
};

const istiod = (replicas: number, ready: number) =>
  deployment('istiod', {
    namespace: 'istio-system',
    replicas,
    template: 'containers: [{ name: discovery, image: "pilot:1.30.3" }]',
    status: `{ readyReplicas: ${ready} }`,
  });

const linkerdControlPlane = (replicas: number, ready: number) =>
  ['linkerd-destination', 'linkerd-identity', 'linkerd-proxy-injector']
    .map(name =>
      deployment(name, {
        namespace: 'linkerd',
        replicas,
        status: `{ readyReplicas: ${ready} }`,
      }),
    )
    .join('');

const INJECTED = 'istio-injection: enabled';
const WEBHOOK = `
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector, labels: { app: sidecar-injector, istio.io/rev: default } }
webhooks:
  - name: namespace.sidecar-injector.istio.io
    namespaceSelector: { matchLabels: { istio-injection: enabled } }
    objectSelector: { matchExpressions: [{ key: sidecar.istio.io/inject, operator: NotIn, values: ['false'] }] }
`;

const LIMITED =
  'containers: [{ name: app, resources: { requests: { cpu: 50m, memory: 64Mi }, limits: { memory: 64Mi } } }]';

interface Case {
  item: string;
  mesh: 'Istio' | 'Linkerd' | 'any mesh';
  passes: string;
  fails: string;
  /** The object that decides, where it passes and where it fails. */
  passedBy?: string;
  failedBy?: string;
}

/** The issuer of a mesh, as cert-manager keeps it. */
const issuer = (place: string, secret: string, ready: string) => `
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: issuer, namespace: ${place} }
spec: { secretName: ${secret}, isCA: true }
status: { notAfter: '2027-01-01T00:00:00Z', conditions: [{ type: Ready, status: '${ready}' }] }
`;

const CASES: Case[] = [
  {
    item: 'security-setup.set-up-certificate-rotation',
    mesh: 'Istio',
    passes: istioShop + issuer('istio-system', 'cacerts', 'True'),
    passedBy: 'Certificate issuer',
    fails: istioShop + issuer('istio-system', 'cacerts', 'False'),
    failedBy: 'Certificate issuer',
  },
  {
    item: 'security-setup.set-up-certificate-rotation',
    mesh: 'Linkerd',
    passes:
      CONTROL_PLANE +
      meshedPod('reviews') +
      issuer('linkerd', 'linkerd-identity-issuer', 'True'),
    fails:
      CONTROL_PLANE +
      meshedPod('reviews') +
      issuer('linkerd', 'linkerd-identity-issuer', 'False'),
  },
  {
    item: 'installation.install-control-plane',
    mesh: 'Istio',
    passes: istioShop + istiod(1, 1),
    fails: istioShop + istiod(1, 0),
    passedBy: 'Deployment istiod',
    failedBy: 'Deployment istiod',
  },
  {
    item: 'installation.install-control-plane',
    mesh: 'Linkerd',
    passes: linkerdShop + linkerdControlPlane(1, 1),
    fails: linkerdShop + linkerdControlPlane(1, 0),
    passedBy: 'Deployment linkerd-destination',
    failedBy: 'Deployment linkerd-destination',
  },
  {
    item: 'installation.configure-data-plane-injection',
    mesh: 'Istio',
    passes:
      ISTIO + WEBHOOK + namespace('shop', INJECTED) + deployment('reviews'),
    fails: ISTIO + WEBHOOK + namespace('shop') + deployment('reviews'),
    passedBy: 'MutatingWebhookConfiguration istio-sidecar-injector',
  },
  {
    item: 'installation.configure-data-plane-injection',
    mesh: 'Linkerd',
    passes: `${CONTROL_PLANE}
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
${deployment('reviews')}`,
    fails: CONTROL_PLANE + deployment('reviews'),
    passedBy: 'Namespace shop',
  },
  {
    item: 'installation.configure-mtls-certificates',
    mesh: 'Istio',
    passes: istioShop,
    fails: ISTIO + pod('reviews', { mode: 'none' }),
  },
  {
    item: 'installation.configure-mtls-certificates',
    mesh: 'Linkerd',
    passes: linkerdShop,
    fails: CONTROL_PLANE + meshedPod('reviews', { identity: null }),
    failedBy: 'Pod reviews',
  },
  {
    item: 'installation.verify-installation',
    mesh: 'Istio',
    passes: istioShop,
    fails: ISTIO + pod('reviews', { mode: 'none' }),
  },
  {
    item: 'installation.verify-installation',
    mesh: 'Linkerd',
    passes: linkerdShop,
    fails: linkerdShop.replaceAll('"status":"True"', '"status":"False"'),
  },
  {
    item: 'configuration.configure-resource-limits',
    mesh: 'any mesh',
    passes: deployment('reviews', { template: LIMITED }),
    fails: deployment('reviews'),
    passedBy: 'Deployment reviews',
    failedBy: 'Deployment reviews',
  },
  {
    item: 'configuration.set-up-traffic-rules',
    mesh: 'Istio',
    passes: istioShop + destinationRule('{ loadBalancer: { simple: RANDOM } }'),
    fails: istioShop,
    passedBy: 'DestinationRule reviews',
  },
  {
    item: 'configuration.set-up-traffic-rules',
    mesh: 'Linkerd',
    passes: linkerdShop + httpRoute(ONE),
    fails: linkerdShop,
    passedBy: 'HTTPRoute reviews',
  },
  {
    item: 'configuration.configure-security-policies',
    mesh: 'Istio',
    passes: istioShop + STRICT,
    fails: istioShop + PERMISSIVE,
    passedBy: 'PeerAuthentication default',
    failedBy: 'PeerAuthentication default',
  },
  {
    item: 'configuration.configure-security-policies',
    mesh: 'Linkerd',
    passes: CONTROL_PLANE + linkerdPod(AUTHENTICATED),
    fails: CONTROL_PLANE + linkerdPod(),
    passedBy: 'Pod reviews',
    failedBy: 'ConfigMap linkerd-config',
  },
  {
    item: 'configuration.set-up-circuit-breakers',
    mesh: 'Istio',
    passes:
      istioShop +
      destinationRule('{ outlierDetection: { consecutive5xxErrors: 5 } }'),
    fails:
      istioShop +
      destinationRule('{ outlierDetection: { consecutive5xxErrors: 0 } }'),
    passedBy: 'DestinationRule reviews',
    failedBy: 'DestinationRule reviews',
  },
  {
    item: 'configuration.set-up-circuit-breakers',
    mesh: 'Linkerd',
    passes:
      CONTROL_PLANE +
      linkerdPod() +
      linkerdService({ 'balancer.linkerd.io/failure-accrual': 'consecutive' }),
    fails: linkerdShop,
    passedBy: 'Service reviews',
  },
  {
    item: 'configuration.configure-retry-policies',
    mesh: 'Istio',
    passes:
      istioShop + virtualService(`{ ${TO_REVIEWS}, retries: { attempts: 3 } }`),
    fails: istioShop + virtualService(`{ ${TO_REVIEWS} }`),
    passedBy: 'VirtualService reviews',
    failedBy: 'VirtualService reviews',
  },
  {
    item: 'configuration.configure-retry-policies',
    mesh: 'Linkerd',
    passes: linkerdShop + httpRoute(ONE, { 'retry.linkerd.io/http': '5xx' }),
    fails: linkerdShop + httpRoute(ONE),
    passedBy: 'HTTPRoute reviews',
    failedBy: 'HTTPRoute reviews',
  },
  {
    item: 'security-setup.enable-mtls-for-all-services',
    mesh: 'Istio',
    passes: istioShop + STRICT,
    fails: istioShop + PERMISSIVE,
    passedBy: 'PeerAuthentication default',
    failedBy: 'PeerAuthentication default',
  },
  {
    item: 'security-setup.enable-mtls-for-all-services',
    mesh: 'Linkerd',
    passes: CONTROL_PLANE + linkerdPod(AUTHENTICATED),
    fails: CONTROL_PLANE + linkerdPod(),
    passedBy: 'Pod reviews',
    failedBy: 'ConfigMap linkerd-config',
  },
  {
    item: 'security-setup.configure-authorization-policies',
    mesh: 'Istio',
    passes:
      istioShop +
      istio(
        'AuthorizationPolicy',
        'callers',
        '{ rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }] }] }',
      ),
    fails:
      istioShop +
      istio(
        'AuthorizationPolicy',
        'callers',
        '{ rules: [{ from: [{ source: { principals: ["*"] } }] }] }',
      ),
    passedBy: 'AuthorizationPolicy callers',
    failedBy: 'AuthorizationPolicy callers',
  },
  {
    item: 'security-setup.configure-authorization-policies',
    mesh: 'Linkerd',
    passes: linkerdShop + SERVER,
    fails: CONTROL_PLANE + linkerdPod(AUTHENTICATED),
    passedBy: 'AuthorizationPolicy web',
    failedBy: 'Pod reviews',
  },
  {
    item: 'security-setup.configure-network-policies',
    mesh: 'any mesh',
    passes: deployment('reviews') + NETWORK_POLICY,
    fails:
      deployment('reviews') +
      NETWORK_POLICY.replace('spec: {', 'spec: { policyTypes: [Egress],'),
    passedBy: 'NetworkPolicy reviews',
    failedBy: 'Deployment reviews',
  },
  {
    item: 'traffic-management.set-up-virtual-services',
    mesh: 'Istio',
    passes: istioShop + virtualService(`{ ${TO_REVIEWS} }`),
    fails: istioShop,
    passedBy: 'VirtualService reviews',
  },
  {
    item: 'traffic-management.set-up-virtual-services',
    mesh: 'Linkerd',
    passes: linkerdShop + httpRoute(ONE),
    fails: linkerdShop,
    passedBy: 'HTTPRoute reviews',
  },
  {
    item: 'traffic-management.configure-destination-rules',
    mesh: 'Istio',
    passes: istioShop + destinationRule('{ loadBalancer: { simple: RANDOM } }'),
    fails: istioShop,
    passedBy: 'DestinationRule reviews',
  },
  {
    item: 'traffic-management.configure-destination-rules',
    mesh: 'Linkerd',
    passes:
      CONTROL_PLANE +
      linkerdPod() +
      linkerdService({ 'balancer.linkerd.io/failure-accrual': 'consecutive' }),
    fails: linkerdShop,
    passedBy: 'Service reviews',
  },
  {
    item: 'traffic-management.set-up-canary-deployments',
    mesh: 'Istio',
    passes:
      istioShop +
      destinationRule('{}') +
      virtualService(
        '{ route: [{ destination: { host: reviews, subset: v1 }, weight: 90 }, { destination: { host: reviews, subset: v2 }, weight: 10 }] }',
      ),
    fails: istioShop + virtualService(`{ ${TO_REVIEWS} }`),
    passedBy: 'VirtualService reviews',
  },
  {
    item: 'traffic-management.set-up-canary-deployments',
    mesh: 'Linkerd',
    passes:
      linkerdShop +
      linkerdService().replace('"name":"reviews"', '"name":"reviews-v2"') +
      httpRoute([
        { name: 'reviews', port: 80, weight: 9 },
        { name: 'reviews-v2', port: 80, weight: 1 },
      ]),
    fails: linkerdShop + httpRoute(ONE),
    passedBy: 'HTTPRoute reviews',
  },
  {
    item: 'traffic-management.configure-load-balancing',
    mesh: 'Istio',
    passes: istioShop,
    fails:
      istioShop + destinationRule('{ loadBalancer: { simple: PASSTHROUGH } }'),
    failedBy: 'DestinationRule reviews',
  },
  {
    item: 'traffic-management.configure-load-balancing',
    mesh: 'Linkerd',
    passes: linkerdShop,
    fails: deployment('reviews') + linkerdService(),
  },
  {
    item: 'performance-tuning.configure-connection-pooling',
    mesh: 'Istio',
    passes:
      istioShop +
      destinationRule('{ connectionPool: { tcp: { maxConnections: 100 } } }'),
    fails:
      istioShop +
      destinationRule('{ connectionPool: { tcp: { connectTimeout: 2s } } }'),
    passedBy: 'DestinationRule reviews',
    failedBy: 'DestinationRule reviews',
  },
  {
    item: 'performance-tuning.optimize-timeouts-and-retries',
    mesh: 'Istio',
    passes:
      istioShop +
      virtualService(
        `{ ${TO_REVIEWS}, timeout: 3s, retries: { attempts: 2, perTryTimeout: 1s } }`,
      ),
    fails:
      istioShop +
      virtualService(
        `{ ${TO_REVIEWS}, timeout: 3s, retries: { attempts: 3, perTryTimeout: 2s } }`,
      ),
    passedBy: 'VirtualService reviews',
    failedBy: 'VirtualService reviews',
  },
  {
    item: 'performance-tuning.optimize-timeouts-and-retries',
    mesh: 'Linkerd',
    passes:
      linkerdShop + httpRoute(ONE, { 'timeout.linkerd.io/request': '3s' }),
    fails: linkerdShop + httpRoute(ONE),
    passedBy: 'HTTPRoute reviews',
    failedBy: 'HTTPRoute reviews',
  },
  {
    item: 'performance-tuning.scale-as-needed',
    mesh: 'any mesh',
    passes: deployment('reviews') + autoscaler('Deployment'),
    fails: deployment('reviews') + autoscaler('Deployment', 2),
    passedBy: 'HorizontalPodAutoscaler reviews',
    failedBy: 'Deployment reviews',
  },
  {
    item: 'high-availability.configure-control-plane-replicas',
    mesh: 'Istio',
    passes: istioShop + istiod(2, 2),
    fails: istioShop + istiod(2, 1),
    passedBy: 'Deployment istiod',
    failedBy: 'Deployment istiod',
  },
  {
    item: 'high-availability.configure-control-plane-replicas',
    mesh: 'Linkerd',
    passes: linkerdShop + linkerdControlPlane(2, 2),
    fails: linkerdShop + linkerdControlPlane(1, 1),
    passedBy: 'Deployment linkerd-destination',
    failedBy: 'Deployment linkerd-destination',
  },
  {
    item: 'high-availability.set-up-pod-disruption-budgets',
    mesh: 'any mesh',
    passes: deployment('reviews') + BUDGET,
    fails: deployment('reviews') + BUDGET.replace('app: reviews', 'app: cart'),
    passedBy: 'PodDisruptionBudget reviews',
    failedBy: 'Deployment reviews',
  },
  {
    item: 'high-availability.configure-anti-affinity',
    mesh: 'any mesh',
    passes: deployment('reviews', {
      template:
        'containers: [{ name: app }], topologySpreadConstraints: [{ topologyKey: topology.kubernetes.io/zone }]',
    }),
    fails: deployment('reviews'),
    passedBy: 'Deployment reviews',
    failedBy: 'Deployment reviews',
  },
];

/** Items that need a metrics store: see traffic.test.ts. */
const FROM_TRAFFIC = [
  'installation.set-up-monitoring-stack',
  'observability.configure-metrics-collection',
];

function deciders({ reasons }: ReturnType<typeof measure>): string[] {
  return reasons.flatMap(({ object }) =>
    object
      ? `${object.kind.slice(object.kind.lastIndexOf('/') + 1)} ${object.name}`
      : [],
  );
}

describe('the measured items', () => {
  it.each(CASES)('$item passes for $mesh', ({ item, passes, passedBy }) => {
    const measured = measure(clusterOf(passes), item);
    expect(measured).toMatchObject({ state: 'pass' });
    expect(measured.evidence).not.toBe('');
    expect(deciders(measured)).toEqual(
      expect.arrayContaining(passedBy ? [passedBy] : []),
    );
  });

  it.each(CASES)('$item fails for $mesh', ({ item, fails, failedBy }) => {
    const measured = measure(clusterOf(fails), item);
    expect(measured).toMatchObject({ state: 'fail' });
    expect(deciders(measured)).toEqual(
      expect.arrayContaining(failedBy ? [failedBy] : []),
    );
  });

  it('each have a case', () => {
    const ids = CHECKLIST.flatMap(({ items }) =>
      items.flatMap(({ id, measurement }) => (measurement ? id : [])),
    );
    expect(
      [...new Set([...CASES.map(({ item }) => item), ...FROM_TRAFFIC])].sort(),
    ).toEqual([...ids].sort());
  });

  it.each([
    [
      'security-setup.configure-network-policies',
      'networking.k8s.io/NetworkPolicy',
      deployment('reviews'),
    ],
    [
      'high-availability.set-up-pod-disruption-budgets',
      'policy/PodDisruptionBudget',
      deployment('reviews'),
    ],
    [
      'performance-tuning.scale-as-needed',
      'autoscaling/HorizontalPodAutoscaler',
      deployment('reviews'),
    ],
    [
      'security-setup.configure-authorization-policies',
      'security.istio.io/AuthorizationPolicy',
      istioShop,
    ],
    [
      'security-setup.configure-authorization-policies',
      'policy.linkerd.io/Server',
      linkerdShop,
    ],
    [
      'configuration.configure-security-policies',
      'security.istio.io/PeerAuthentication',
      istioShop + STRICT,
    ],
    ['traffic-management.set-up-virtual-services', 'ConfigMap', istioShop],
    ['installation.install-control-plane', 'apps/Deployment', istioShop],
  ] as const)('%s is unknown where %s may not be read', (item, kind, yaml) => {
    expect(measure(clusterOf(yaml, { forbidden: [kind] }), item)).toMatchObject(
      {
        state: 'unknown',
        cause: 'forbidden',
      },
    );
  });

  it('say what does not apply', () => {
    const snapshot = clusterOf(linkerdShop);
    expect(
      measure(snapshot, 'performance-tuning.configure-connection-pooling'),
    ).toMatchObject({
      state: 'not-applicable',
      evidence: expect.stringContaining('Linkerd has no limits of connections'),
    });
    expect(
      measure(
        clusterOf(deployment('reviews', { kind: 'DaemonSet' })),
        'high-availability.configure-anti-affinity',
      ),
    ).toMatchObject({ state: 'not-applicable' });
    expect(
      measure(
        clusterOf(ISTIO + pod('reviews')),
        'traffic-management.set-up-virtual-services',
      ),
    ).toMatchObject({ state: 'not-applicable' });
  });

  it('do not take a control plane that is not seen for one that works', () => {
    expect(
      measure(clusterOf(istioShop), 'installation.install-control-plane'),
    ).toMatchObject({ state: 'unknown', cause: 'absent' });
  });

  it('take a policy that is only tried for none', () => {
    const tried = istio(
      'AuthorizationPolicy',
      'callers',
      '{ rules: [{ from: [{ source: { namespaces: [web] } }] }] }',
    ).replace(
      'metadata: {',
      'metadata: { annotations: { istio.io/dry-run: "true" },',
    );
    expect(
      measure(
        clusterOf(istioShop + tried),
        'security-setup.configure-authorization-policies',
      ),
    ).toMatchObject({ state: 'fail' });
    expect(
      measure(
        clusterOf(
          meshSettings() + pod('reviews') + tried.replace('"true"', '"false"'),
        ),
        'security-setup.configure-authorization-policies',
      ),
    ).toMatchObject({ state: 'pass' });
  });

  it.each([
    ['{ notPrincipals: [cluster.local/ns/shop/sa/web] }', 'fail'],
    ['{ principals: ["cluster.local/*"] }', 'fail'],
    ['{ principals: ["cluster.local/ns/*"] }', 'fail'],
    ['{ trustDomains: [cluster.local] }', 'fail'],
    ['{ ipBlocks: [0.0.0.0/0] }', 'fail'],
    ['{ principals: ["cluster.local/ns/web/*"] }', 'pass'],
    ['{ ipBlocks: [10.0.0.0/8] }', 'pass'],
    ['{ namespaces: [web], notPrincipals: [x/ns/web/sa/old] }', 'pass'],
  ])('take an ALLOW rule from %s for a %s', (source, state) => {
    const rule = `{ rules: [{ from: [{ source: ${source} }] }] }`;
    expect(
      measure(
        clusterOf(istioShop + istio('AuthorizationPolicy', 'callers', rule)),
        'security-setup.configure-authorization-policies',
      ),
    ).toMatchObject({ state });
  });

  it.each([
    ['{ to: [{ operation: { paths: [/admin] } }] }', 'fail'],
    ['{}', 'pass'],
  ])('take a CUSTOM rule %s for a %s', (rule, state) => {
    const custom = `{ action: CUSTOM, provider: { name: p }, rules: [${rule}] }`;
    expect(
      measure(
        clusterOf(istioShop + istio('AuthorizationPolicy', 'ask', custom)),
        'security-setup.configure-authorization-policies',
      ),
    ).toMatchObject({ state });
  });

  it.each([
    ['*.serviceaccount.identity.linkerd.mesh.example', 'fail'],
    ['*.mesh.example', 'fail'],
    ['*.web.serviceaccount.identity.linkerd.mesh.example', 'pass'],
  ])('take the identities %s for a %s', (identity, state) => {
    const server = SERVER.replace(
      'identityRefs: [{ kind: ServiceAccount, name: web }]',
      `identities: ["${identity}"]`,
    );
    expect(
      measure(
        clusterOf(linkerdShop + server),
        'security-setup.configure-authorization-policies',
      ),
    ).toMatchObject({ state });
  });
});
