import { clusterOf } from '../__testUtils__/cluster';
import { KindId } from '../kubernetes/kinds';
import { SnapshotOrigin } from '../snapshot/readState';
import { ISTIO, namespace, pod, podOf } from './__testUtils__/istio';
import { podEnrolment } from './enrolment';
import { injection } from './injection';

/** Webhooks as the istiod chart makes them for a revision, or for a tag of it. */
function webhooks(revision = 'default', tag?: string): string {
  const name = tag ?? revision;
  const not = (key: string) => `{ key: ${key}, operator: DoesNotExist }`;
  const is = (key: string, value: string) =>
    `{ key: ${key}, operator: In, values: ['${value}'] }`;
  const allowed =
    "{ key: sidecar.istio.io/inject, operator: NotIn, values: ['false'] }";
  const webhook = (prefix: string, namespaces: string[], objects: string[]) => `
  - name: ${prefix}.sidecar-injector.istio.io
    namespaceSelector: { matchExpressions: [${namespaces.join(', ')}] }
    objectSelector: { matchExpressions: [${objects.join(', ')}] }`;
  return `
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata:
  name: injector-${name}
  labels: { app: sidecar-injector, istio.io/rev: ${revision}${
    tag ? `, istio.io/tag: ${tag}` : ''
  } }
webhooks:${webhook(
    'rev.namespace',
    [is('istio.io/rev', name), not('istio-injection')],
    [allowed],
  )}${webhook(
    'rev.object',
    [not('istio.io/rev'), not('istio-injection')],
    [allowed, is('istio.io/rev', name)],
  )}${
    name === 'default'
      ? webhook('namespace', [is('istio-injection', 'enabled')], [allowed]) +
        webhook(
          'object',
          [not('istio-injection'), not('istio.io/rev')],
          [is('sidecar.istio.io/inject', 'true'), not('istio.io/rev')],
        )
      : ''
  }
`;
}

const injectorConfig = (config: string) => `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { config: ${JSON.stringify(config)} }
`;

function of(
  yaml: string,
  options: {
    origin?: SnapshotOrigin;
    forbidden?: KindId[];
    place?: string;
  } = {},
) {
  const snapshot = clusterOf(ISTIO + yaml, options);
  return { snapshot, pod: podOf(snapshot, 'cart', options.place) };
}

describe('injection', () => {
  const bare = (labels = '', annotations = '') =>
    pod('cart', { mode: 'none', labels, annotations });

  it.each<[string, string, string[]]>([
    [
      'with an injector',
      webhooks() + namespace('shop') + bare(),
      ['Namespace shop has neither istio-injection=enabled nor istio.io/rev'],
    ],
    ['without one', namespace('shop') + bare(), []],
    [
      'without one that the namespace asks for',
      namespace('shop', 'istio.io/rev: stable') + bare(),
      [
        'No injector serves the revision or tag stable that istio.io/rev asks for',
      ],
    ],
    [
      'without one that the pod asks for',
      namespace('shop') + bare("sidecar.istio.io/inject: 'true'"),
      ['Namespace shop has neither istio-injection=enabled nor istio.io/rev'],
    ],
  ])('says why not %s', (_, yaml, texts) => {
    const { snapshot, pod: made } = of(yaml);
    expect(
      injection(snapshot, made).answer.reasons.map(({ text }) => text),
    ).toEqual(texts);
  });

  it.each<[string, string, string, string | undefined]>([
    [
      'no label anywhere',
      webhooks() + namespace('shop') + bare(),
      'none',
      undefined,
    ],
    [
      'the namespace',
      webhooks() + namespace('shop', 'istio-injection: enabled') + bare(),
      'sidecar',
      'default',
    ],
    [
      'the namespace, against it',
      webhooks() +
        namespace('shop', 'istio-injection: disabled') +
        bare("sidecar.istio.io/inject: 'true'"),
      'none',
      undefined,
    ],
    [
      'the namespace’s revision',
      webhooks('canary') + namespace('shop', 'istio.io/rev: canary') + bare(),
      'sidecar',
      'canary',
    ],
    [
      'a tag',
      webhooks('v2', 'prod') + namespace('shop', 'istio.io/rev: prod') + bare(),
      'sidecar',
      'v2',
    ],
    [
      'a revision that is not there',
      webhooks() + namespace('shop', 'istio.io/rev: gone') + bare(),
      'none',
      undefined,
    ],
    [
      'istio-injection before the revision',
      webhooks('canary') +
        namespace('shop', 'istio-injection: enabled, istio.io/rev: canary') +
        bare(),
      'none',
      undefined,
    ],
    [
      'the pod',
      webhooks() + namespace('shop') + bare("sidecar.istio.io/inject: 'true'"),
      'sidecar',
      'default',
    ],
    [
      'the pod, against it',
      webhooks() +
        namespace('shop', 'istio-injection: enabled') +
        bare("sidecar.istio.io/inject: 'false'"),
      'none',
      undefined,
    ],
    [
      'the pod’s revision',
      webhooks('canary') + namespace('shop') + bare('istio.io/rev: canary'),
      'sidecar',
      'canary',
    ],
    [
      'the pod’s annotation, against it',
      webhooks() +
        namespace('shop', 'istio-injection: enabled') +
        bare('', "sidecar.istio.io/inject: 'false'"),
      'none',
      'default',
    ],
    [
      'the injector’s policy',
      webhooks() +
        namespace('shop', 'istio-injection: enabled') +
        injectorConfig('policy: disabled') +
        bare(),
      'none',
      'default',
    ],
    [
      'the pod against the injector’s policy',
      webhooks() +
        namespace('shop', 'istio-injection: enabled') +
        injectorConfig('policy: disabled') +
        bare("sidecar.istio.io/inject: 'true'"),
      'sidecar',
      'default',
    ],
    [
      'neverInjectSelector',
      webhooks() +
        namespace('shop', 'istio-injection: enabled') +
        injectorConfig(
          'neverInjectSelector: [{ matchLabels: { app: cart } }]',
        ) +
        bare(),
      'none',
      'default',
    ],
    [
      'an empty neverInjectSelector',
      webhooks() +
        namespace('shop', 'istio-injection: enabled') +
        injectorConfig('neverInjectSelector: [{}]') +
        bare(),
      'sidecar',
      'default',
    ],
    [
      'alwaysInjectSelector',
      webhooks() +
        namespace('shop', 'istio-injection: enabled') +
        injectorConfig(
          'policy: disabled\nalwaysInjectSelector: [{ matchLabels: { app: cart } }]',
        ) +
        bare(),
      'sidecar',
      'default',
    ],
    [
      'the annotation for native sidecars',
      webhooks() +
        namespace('shop', 'istio-injection: enabled') +
        bare('', "sidecar.istio.io/nativeSidecar: 'true'"),
      'native-sidecar',
      'default',
    ],
  ])('is decided by %s', (_, yaml, value, revision) => {
    const { snapshot, pod: cart } = of(yaml);
    const decision = injection(snapshot, cart);
    expect([decision.answer.value, decision.revision]).toEqual([
      value,
      revision,
    ]);
    expect(decision.answer.reasons).not.toHaveLength(0);
  });

  it('leaves pods with the network of their node alone', () => {
    const { snapshot, pod: cart } = of(
      webhooks() +
        namespace('shop', 'istio-injection: enabled') +
        bare().replace('spec:', 'spec:\n  hostNetwork: true'),
    );
    expect(injection(snapshot, cart).answer).toMatchObject({
      value: 'none',
      reasons: [{ field: 'spec.hostNetwork' }],
    });
  });

  it('leaves the namespaces of Kubernetes alone', () => {
    const { snapshot, pod: cart } = of(
      webhooks() +
        namespace('kube-system', 'istio-injection: enabled') +
        pod('cart', { namespace: 'kube-system', mode: 'none' }),
      { place: 'kube-system' },
    );
    expect(injection(snapshot, cart).answer.value).toBe('none');
  });

  it.each<KindId>([
    'Namespace',
    'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  ])('is unknown where %s may not be read', kind => {
    const { snapshot, pod: cart } = of(
      webhooks() + namespace('shop', 'istio-injection: enabled') + bare(),
      { forbidden: [kind] },
    );
    expect(injection(snapshot, cart).answer).toMatchObject({
      value: 'unknown',
      cause: 'forbidden',
    });
  });

  it('assumes the chart’s webhooks over files that have none', () => {
    const over = (labels: string) => {
      const { snapshot, pod: cart } = of(namespace('shop', labels) + bare(), {
        origin: 'files',
      });
      return injection(snapshot, cart).answer.value;
    };
    expect([
      over('istio-injection: enabled'),
      over('istio.io/rev: any'),
      over(''),
      over('istio-injection: disabled, istio.io/rev: a'),
    ]).toEqual(['sidecar', 'sidecar', 'none', 'none']);
  });
});

describe('podEnrolment', () => {
  const ambient = namespace('shop', 'istio.io/dataplane-mode: ambient');
  const injected = webhooks() + namespace('shop', 'istio-injection: enabled');

  it.each<[string, string, string, string]>([
    ['a sidecar', injected + pod('cart'), 'sidecar', 'sidecar'],
    [
      'a native sidecar',
      injected + pod('cart', { mode: 'native' }),
      'native-sidecar',
      'native-sidecar',
    ],
    [
      'a sidecar whose namespace is not injected any more',
      webhooks() + namespace('shop') + pod('cart'),
      'sidecar',
      'none',
    ],
    [
      'no proxy where one is asked for',
      injected + pod('cart', { mode: 'none' }),
      'none',
      'sidecar',
    ],
    [
      'no proxy',
      webhooks() + namespace('shop') + pod('cart', { mode: 'none' }),
      'none',
      'none',
    ],
    [
      'ambient mode',
      ambient + pod('cart', { mode: 'ambient' }),
      'ambient',
      'ambient',
    ],
    [
      'ambient mode that is asked for only',
      ambient + pod('cart', { mode: 'none' }),
      'none',
      'ambient',
    ],
    [
      'ambient mode that has not succeeded',
      ambient +
        pod('cart', {
          mode: 'none',
          annotations: 'ambient.istio.io/redirection: pending',
        }),
      'none',
      'ambient',
    ],
    [
      'a pod that says no to ambient mode',
      ambient +
        pod('cart', { mode: 'none', labels: 'istio.io/dataplane-mode: none' }),
      'none',
      'none',
    ],
    [
      'a pod that says yes to ambient mode',
      namespace('shop') +
        pod('cart', {
          mode: 'none',
          labels: 'istio.io/dataplane-mode: ambient',
        }),
      'none',
      'ambient',
    ],
    [
      'a waypoint',
      ambient + pod('cart', { mode: 'waypoint' }),
      'waypoint',
      'waypoint',
    ],
    [
      'a gateway of a proxy alone',
      injected + pod('cart', { mode: 'gateway' }),
      'gateway',
      'gateway',
    ],
    [
      'a gateway of the Gateway API',
      namespace('shop') +
        pod('cart', {
          mode: 'gateway',
          labels: 'gateway.networking.k8s.io/gateway-name: cart',
        }),
      'gateway',
      'gateway',
    ],
  ])('knows %s', (_, yaml, mode, expected) => {
    const { snapshot, pod: cart } = of(yaml);
    const enrolment = podEnrolment(snapshot, cart);
    expect([enrolment.mode.value, enrolment.expected.value]).toEqual([
      mode,
      expected,
    ]);
  });

  it('tells the version of the proxy, without the variant of its image', () => {
    const { snapshot, pod: cart } = of(injected + pod('cart'));
    expect(podEnrolment(snapshot, cart).proxyVersion).toBe('1.30.3');
  });

  it('tells the revision that injected the proxy', () => {
    const { snapshot, pod: cart } = of(
      injected +
        pod('cart', {
          annotations: `sidecar.istio.io/status: '{"revision": "canary"}'`,
        }),
    );
    expect(podEnrolment(snapshot, cart).revision).toBe('canary');
  });

  it('does not take the node’s ztunnel for a pod’s sidecar', () => {
    const { snapshot, pod: cart } = of(
      injected +
        pod('cart', {
          mode: 'gateway',
          labels: 'app.kubernetes.io/name: ztunnel',
        }).replace('proxyv2', 'ztunnel'),
    );
    expect(podEnrolment(snapshot, cart).mode.value).toBe('none');
  });

  it('says what to do where a proxy is missing', () => {
    const { snapshot, pod: cart } = of(
      injected + pod('cart', { mode: 'none' }),
    );
    expect(podEnrolment(snapshot, cart).mode.reasons[0]).toMatchObject({
      text: expect.stringContaining('restart it'),
      object: { kind: 'Pod', name: 'cart-1' },
    });
  });

  it('predicts over files what the pod will be', () => {
    const { snapshot, pod: cart } = of(
      namespace('shop', 'istio-injection: enabled') +
        pod('cart', { mode: 'none' }),
      { origin: 'files' },
    );
    expect(podEnrolment(snapshot, cart).mode).toMatchObject({
      value: 'sidecar',
      predicted: true,
    });
  });
});
