import { createTestWorld } from '../../world/testWorld';

const ISTIO = `
apiVersion: v1
kind: Namespace
metadata: { name: istio-system }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data:
  values: '{"global": {"hub": "docker.io/istio", "tag": "1.30.3", "multiCluster": {"clusterName": "east"}}}'
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector }
webhooks:
  - name: namespace.sidecar-injector.istio.io
    clientConfig: { service: { name: istiod, namespace: istio-system } }
    sideEffects: None
    admissionReviewVersions: [v1]
    namespaceSelector: { matchExpressions: [{ key: istio-injection, operator: In, values: [enabled] }] }
    objectSelector: { matchExpressions: [{ key: sidecar.istio.io/inject, operator: NotIn, values: ['false'] }] }
---
`;

const LINKERD = `
apiVersion: v1
kind: Namespace
metadata: { name: linkerd }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-config, namespace: linkerd }
data:
  values: |
    linkerdVersion: edge-26.8.2
    identityTrustDomain: cluster.local
    proxy: { image: { name: cr.l5d.io/linkerd/proxy }, defaultInboundPolicy: all-unauthenticated }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-identity-trust-roots, namespace: linkerd }
data: { ca-bundle.crt: ROOTS }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: linkerd-proxy-injector-webhook-config }
webhooks:
  - name: linkerd-proxy-injector.linkerd.io
    clientConfig: { service: { name: linkerd-proxy-injector, namespace: linkerd } }
    sideEffects: None
    admissionReviewVersions: [v1]
    namespaceSelector: { matchExpressions: [{ key: config.linkerd.io/admission-webhooks, operator: NotIn, values: [disabled] }] }
---
`;

interface Case {
  namespace?: { labels?: object; annotations?: object };
  pod?: { labels?: object; annotations?: object; hostNetwork?: boolean };
}

/** The pod of a Deployment in a namespace. */
function podIn(mesh: string, { namespace, pod }: Case) {
  const world = createTestWorld(`${mesh}
${JSON.stringify({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', ...namespace },
})}
---
${JSON.stringify({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'cart', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'cart' } },
    template: {
      metadata: {
        labels: { app: 'cart', ...pod?.labels },
        annotations: { ...pod?.annotations },
      },
      spec: {
        serviceAccountName: 'cart',
        hostNetwork: pod?.hostNetwork ?? false,
        containers: [{ name: 'cart', image: 'cart:1' }],
      },
    },
  },
})}
`);
  const [object] = world.list('Pod', 'shop');
  return { world, object, spec: Object(object.spec) };
}

function proxiesOf({
  initContainers = [],
  containers,
}: Record<string, { name: string }[]>) {
  return {
    init: initContainers.map(({ name }) => name),
    containers: containers.map(({ name }) => name),
  };
}

describe('istio', () => {
  const enabled = { labels: { 'istio-injection': 'enabled' } };

  it('adds a native sidecar where the kubelet allows it', () => {
    const { object, spec } = podIn(ISTIO, { namespace: enabled });
    expect(proxiesOf(spec)).toEqual({
      init: ['istio-validation', 'istio-proxy'],
      containers: ['cart'],
    });
    expect(spec.initContainers[1]).toMatchObject({
      image: 'docker.io/istio/proxyv2:1.30.3',
      restartPolicy: 'Always',
      env: expect.arrayContaining([
        { name: 'ISTIO_META_CLUSTER_ID', value: 'east' },
        { name: 'ISTIO_META_WORKLOAD_NAME', value: 'cart' },
      ]),
    });
    expect(object.metadata.labels).toMatchObject({
      'security.istio.io/tlsMode': 'istio',
      'service.istio.io/canonical-name': 'cart',
      'service.istio.io/canonical-revision': 'latest',
    });
    expect(
      JSON.parse(
        object.metadata.annotations?.['sidecar.istio.io/status'] ?? '',
      ),
    ).toMatchObject({ revision: 'default' });
  });

  it('adds an ordinary container where the pod asks for one', () => {
    const { spec } = podIn(ISTIO, {
      namespace: enabled,
      pod: { annotations: { 'sidecar.istio.io/nativeSidecar': 'false' } },
    });
    expect(proxiesOf(spec)).toEqual({
      init: ['istio-validation'],
      containers: ['cart', 'istio-proxy'],
    });
  });

  it.each<[string, Case]>([
    ['no label', {}],
    ['disabled', { namespace: { labels: { 'istio-injection': 'disabled' } } }],
    [
      'a pod that opts out by label',
      {
        namespace: enabled,
        pod: { labels: { 'sidecar.istio.io/inject': 'false' } },
      },
    ],
    [
      'a pod that opts out by annotation',
      {
        namespace: enabled,
        pod: { annotations: { 'sidecar.istio.io/inject': 'false' } },
      },
    ],
    ['host network', { namespace: enabled, pod: { hostNetwork: true } }],
  ])('leaves a pod alone: %s', (_name, options) => {
    expect(proxiesOf(podIn(ISTIO, options).spec)).toEqual({
      init: [],
      containers: ['cart'],
    });
  });

  it('enrols running pods in ambient mode, and takes them out again', () => {
    const { world } = podIn(ISTIO, {});
    const redirection = () =>
      world.list('Pod', 'shop')[0].metadata.annotations?.[
        'ambient.istio.io/redirection'
      ];
    expect(redirection()).toBeUndefined();
    const label = (mode: string) =>
      world.apply(
        `{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio.io/dataplane-mode: ${mode} } } }`,
      );
    label('ambient');
    expect(redirection()).toBe('enabled');
    label('none');
    expect(redirection()).toBeUndefined();
  });

  it('leaves a pod that has a sidecar out of ambient mode', () => {
    const { object } = podIn(ISTIO, {
      namespace: {
        labels: {
          'istio-injection': 'enabled',
          'istio.io/dataplane-mode': 'ambient',
        },
      },
    });
    expect(object.metadata.annotations).not.toHaveProperty([
      'ambient.istio.io/redirection',
    ]);
  });
});

describe('linkerd', () => {
  const enabled = { annotations: { 'linkerd.io/inject': 'enabled' } };

  it('adds a proxy with the settings of the moment', () => {
    const { object, spec } = podIn(LINKERD, {
      namespace: {
        annotations: {
          ...enabled.annotations,
          'config.linkerd.io/default-inbound-policy': 'deny',
        },
      },
    });
    expect(proxiesOf(spec)).toEqual({
      init: ['linkerd-init'],
      containers: ['linkerd-proxy', 'cart'],
    });
    expect(spec.containers[0]).toMatchObject({
      image: 'cr.l5d.io/linkerd/proxy:edge-26.8.2',
      env: expect.arrayContaining([
        { name: 'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY', value: 'deny' },
        { name: 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS', value: 'ROOTS' },
      ]),
    });
    expect(object.metadata).toMatchObject({
      labels: {
        'linkerd.io/control-plane-ns': 'linkerd',
        'linkerd.io/workload-ns': 'shop',
        'linkerd.io/proxy-deployment': 'cart',
      },
      annotations: {
        'linkerd.io/proxy-version': 'edge-26.8.2',
        'config.linkerd.io/default-inbound-policy': 'deny',
      },
    });
  });

  it.each<[string, boolean, Case]>([
    ['nothing', false, {}],
    ['namespace enabled', true, { namespace: enabled }],
    [
      'namespace ingress',
      true,
      { namespace: { annotations: { 'linkerd.io/inject': 'ingress' } } },
    ],
    [
      'namespace wrong',
      false,
      {
        namespace: { annotations: { 'linkerd.io/inject': 'yes' } },
        pod: enabled,
      },
    ],
    ['pod enabled', true, { pod: enabled }],
    [
      'pod disabled',
      false,
      {
        namespace: enabled,
        pod: { annotations: { 'linkerd.io/inject': 'disabled' } },
      },
    ],
    [
      'pod wrong',
      false,
      {
        namespace: enabled,
        pod: { annotations: { 'linkerd.io/inject': 'yes' } },
      },
    ],
    [
      'a label instead of the annotation',
      false,
      { pod: { labels: { 'linkerd.io/inject': 'enabled' } } },
    ],
    ['host network', false, { namespace: enabled, pod: { hostNetwork: true } }],
    [
      'webhooks switched off',
      false,
      {
        namespace: {
          ...enabled,
          labels: { 'config.linkerd.io/admission-webhooks': 'disabled' },
        },
      },
    ],
  ])('decides by the annotations: %s', (_name, injected, options) => {
    const names = proxiesOf(podIn(LINKERD, options).spec).containers;
    expect(names.includes('linkerd-proxy')).toBe(injected);
  });
});

it('gives a pod one proxy only', () => {
  const { spec } = podIn(ISTIO + LINKERD, {
    namespace: {
      labels: { 'istio-injection': 'enabled' },
      annotations: { 'linkerd.io/inject': 'enabled' },
    },
  });
  const { init, containers } = proxiesOf(spec);
  expect(
    [...init, ...containers].filter(name => name.endsWith('-proxy')),
  ).toHaveLength(1);
});

it('injects a pod that somebody creates by hand', () => {
  const { world } = podIn(ISTIO, {
    namespace: { labels: { 'istio-injection': 'enabled' } },
  });
  world.store.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'debug', namespace: 'shop' },
    spec: { containers: [{ name: 'shell', image: 'shell:1' }] },
  });
  world.settle();
  const pod = world.get('Pod', 'shop', 'debug');
  expect(proxiesOf(Object(pod?.spec)).init).toContain('istio-proxy');
  expect(pod?.status).toMatchObject({ phase: 'Running' });
});
