import { clusterOf, CONTROL_PLANE, podOf } from './__testUtils__/cluster';
import { expectedEnrolment } from './injection';

const webhook = (selectors: string) => `
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: linkerd-proxy-injector-webhook-config }
webhooks: [{ name: linkerd-proxy-injector.linkerd.io, ${selectors} }]
`;

const CHART = webhook(`namespaceSelector: { matchExpressions: [
  { key: config.linkerd.io/admission-webhooks, operator: NotIn, values: [disabled] },
  { key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, cert-manager] }] }`);

const pod = (namespace: string, labels = '') => `
---
apiVersion: v1
kind: Namespace
metadata: { name: ${namespace}, annotations: { linkerd.io/inject: enabled }, labels: { ${labels} } }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: ${namespace}, labels: { app: cart } }
spec: { containers: [{ name: app }] }
`;

const expected = (namespace: string, yaml: string) => {
  const snapshot = clusterOf(CONTROL_PLANE + yaml);
  return expectedEnrolment(snapshot, podOf(snapshot, 'cart', namespace));
};

describe('whether the injector is asked about a pod', () => {
  it.each([
    ['its webhook selects the namespace', 'shop', CHART + pod('shop')],
    ['its webhook selects everything', 'shop', webhook('') + pod('shop')],
    [
      'its webhook selects what the chart leaves out',
      'cert-manager',
      webhook('namespaceSelector: {}') + pod('cert-manager'),
    ],
    ['there is nothing to read', 'shop', pod('shop')],
  ])('yes: %s', (_, namespace, yaml) => {
    expect(expected(namespace, yaml).value).toBe('sidecar');
  });

  const CONFIGURATION = 'MutatingWebhookConfiguration';

  it.each([
    ['namespace', 'cert-manager', CHART, CONFIGURATION, 'namespaceSelector'],
    [
      'pod',
      'shop',
      webhook('objectSelector: { matchLabels: { app: web } }'),
      CONFIGURATION,
      'objectSelector',
    ],
    ['namespace by the chart', 'kube-system', '', 'Namespace', 'metadata.name'],
  ])('no: it leaves out the %s', (_, namespace, yaml, kind, field) => {
    const { value, reasons } = expected(namespace, yaml + pod(namespace));
    expect(value).toBe('none');
    expect(reasons[0].object?.kind).toContain(kind);
    expect(reasons[0].field).toContain(field);
  });

  it('no: the namespace is without webhooks of Linkerd', () => {
    const label = 'config.linkerd.io/admission-webhooks: disabled';
    const { value, reasons } = expected('shop', CHART + pod('shop', label));
    expect(value).toBe('none');
    expect(reasons[0].object?.kind).toBe('Namespace');
  });
});
