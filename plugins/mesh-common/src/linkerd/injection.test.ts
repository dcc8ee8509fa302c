import { clusterOf, CONTROL_PLANE, podOf } from './__testUtils__/cluster';
import { expectedEnrolment } from './injection';
import { injectionDecision } from './injectionDecision';

describe('injectionDecision', () => {
  it.each([
    // namespace, pod, outcome
    ['enabled', undefined, 'injected by the namespace'],
    ['ingress', undefined, 'injected by the namespace'],
    ['enabled', 'ingress', 'injected by the pod'],
    [undefined, 'enabled', 'injected by the pod'],
    ['disabled', 'enabled', 'injected by the pod'],
    ['enabled', 'disabled', 'injection_disable_annotation_present'],
    [undefined, undefined, 'injection_enable_annotation_absent'],
    ['disabled', undefined, 'injection_enable_annotation_absent'],
    ['disabled', 'disabled', 'injection_enable_annotation_absent'],
    [undefined, 'yes', 'invalid_inject_annotation_at_workload'],
    ['enabled', 'Enabled', 'invalid_inject_annotation_at_workload'],
    ['on', undefined, 'invalid_inject_annotation_at_ns'],
    ['on', 'enabled', 'invalid_inject_annotation_at_ns'],
    ['enabled', '', 'injected by the namespace'],
    ['', '', 'injection_enable_annotation_absent'],
  ])('namespace %s, pod %s: %s', (namespace, pod, outcome) => {
    const { inject, reason, decidedBy } = injectionDecision(namespace, pod);
    expect(reason ?? `injected by the ${decidedBy}`).toBe(outcome);
    expect(inject).toBe(reason === undefined);
  });
});

const namespace = (annotations = '', labels = '') => `
---
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  annotations: { ${annotations} }
  labels: { ${labels} }
`;

const pod = (annotations = '', spec = 'containers: [{ name: app }]') => `
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, annotations: { ${annotations} } }
spec: { ${spec} }
`;

const ASKED = 'linkerd.io/inject: enabled';

describe('expectedEnrolment', () => {
  it.each([
    [
      'asked for',
      CONTROL_PLANE + namespace(ASKED) + pod(),
      'sidecar',
      'Namespace shop asks',
    ],
    [
      'asked for as a native sidecar',
      CONTROL_PLANE +
        namespace(
          `${ASKED}, config.linkerd.io/proxy-enable-native-sidecar: 'true'`,
        ) +
        pod(),
      'native-sidecar',
      'Namespace shop asks',
    ],
    [
      'asked for as a native sidecar, as Go writes it',
      CONTROL_PLANE +
        namespace(
          `${ASKED}, config.linkerd.io/proxy-enable-native-sidecar: 'True'`,
        ) +
        pod(),
      'native-sidecar',
      'Namespace shop asks',
    ],
    [
      'asked for by no truth value',
      CONTROL_PLANE +
        namespace(
          `${ASKED}, config.linkerd.io/proxy-enable-native-sidecar: enabled`,
        ) +
        pod(),
      'sidecar',
      'Namespace shop asks',
    ],
    [
      'nothing is said',
      CONTROL_PLANE + namespace() + pod(),
      'none',
      'Neither namespace shop nor the pod',
    ],
    [
      'the pod refuses',
      CONTROL_PLANE + namespace(ASKED) + pod('linkerd.io/inject: disabled'),
      'none',
      'The pod refuses a proxy',
    ],
    [
      'the network is the node’s',
      CONTROL_PLANE +
        namespace(ASKED) +
        pod('', 'hostNetwork: true, containers: [{ name: app }]'),
      'none',
      'host_network_enabled',
    ],
    [
      'another mesh is there',
      CONTROL_PLANE +
        namespace(ASKED) +
        pod('', 'containers: [{ name: app }, { name: istio-proxy }]'),
      'none',
      'sidecar_already_exists',
    ],
    [
      'the webhooks are switched off',
      CONTROL_PLANE +
        namespace(ASKED, 'config.linkerd.io/admission-webhooks: disabled') +
        pod(),
      'none',
      'webhooks do not see',
    ],
    [
      'the pod has no token, which proxies do not need',
      CONTROL_PLANE +
        namespace(ASKED) +
        pod(
          '',
          'automountServiceAccountToken: false, containers: [{ name: app }]',
        ),
      'sidecar',
      'Namespace shop asks',
    ],
    [
      'the pod has no token, and proxies get none',
      `${CONTROL_PLANE}    identity: { serviceAccountTokenProjection: false }
${namespace(ASKED)}${pod(
        '',
        'automountServiceAccountToken: false, containers: [{ name: app }]',
      )}`,
      'none',
      'disabled_automount_service_account_token_account',
    ],
    [
      'there is no control plane',
      namespace(ASKED) + pod(),
      'none',
      'no control plane',
    ],
  ])('%s', (_, yaml, value, text) => {
    const snapshot = clusterOf(yaml);
    const answer = expectedEnrolment(snapshot, podOf(snapshot, 'cart'));
    expect(answer.value).toBe(value);
    expect(answer.reasons[0].text).toContain(text);
  });

  it('sees a proxy that the template has itself', () => {
    const snapshot = clusterOf(`${CONTROL_PLANE + namespace()}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  template:
    spec: { containers: [{ name: app }, { name: linkerd-proxy }] }
---
apiVersion: v1
kind: Pod
metadata:
  name: cart-5f-1
  namespace: shop
  labels: { pod-template-hash: 5f }
  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: cart-5f, controller: true }]
spec: { containers: [{ name: app }] }
`);
    expect(
      expectedEnrolment(snapshot, podOf(snapshot, 'cart-5f-1')),
    ).toMatchObject({
      value: 'sidecar',
      reasons: [{ field: 'spec.template.spec.containers[1]' }],
    });
  });

  it('says nothing about a cluster that knows no Linkerd', () => {
    const snapshot = clusterOf(namespace() + pod());
    expect(expectedEnrolment(snapshot, podOf(snapshot, 'cart'))).toEqual({
      value: 'none',
      reasons: [],
    });
  });

  it('is unknown where namespaces could not be read', () => {
    const snapshot = clusterOf(CONTROL_PLANE + pod(), {
      forbidden: ['Namespace'],
    });
    expect(expectedEnrolment(snapshot, podOf(snapshot, 'cart'))).toMatchObject({
      value: 'unknown',
      cause: 'forbidden',
    });
  });

  it('assumes over files that Linkerd is installed', () => {
    const snapshot = clusterOf(namespace(ASKED) + pod(), { origin: 'files' });
    expect(expectedEnrolment(snapshot, podOf(snapshot, 'cart')).value).toBe(
      'sidecar',
    );
  });
});
