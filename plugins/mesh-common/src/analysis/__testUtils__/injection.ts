import { ISTIO, istio, namespace } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const injector = (values: string) => `${ISTIO}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data:
  values: '${values}'
`;
const NONE = namespace('shop');
const ENABLED = namespace('shop', 'istio-injection: enabled');
const BY_DEFAULT = injector(
  '{"sidecarInjectorWebhook": {"enableNamespacesByDefault": true}}',
);

export const IST0102: Example[] = [
  {
    about: 'no label',
    yaml: NONE,
    finds: ['Namespace shop metadata.labels'],
    says: 'istio-injection=disabled',
  },
  { about: 'sidecars', yaml: ENABLED, finds: [] },
  {
    about: 'no sidecars, deliberately',
    yaml: namespace('shop', 'istio-injection: disabled'),
    finds: [],
  },
  {
    about: 'ambient mode',
    yaml: namespace('shop', 'istio.io/dataplane-mode: ambient'),
    finds: [],
  },
  {
    about: 'a revision',
    yaml: namespace('shop', 'istio.io/rev: canary'),
    finds: [],
  },
  {
    about: 'namespaces of Istio and Kubernetes',
    yaml: namespace('istio-system') + namespace('kube-system'),
    finds: [],
  },
  {
    about: 'a mesh that injects by default',
    yaml: NONE + BY_DEFAULT,
    finds: [],
  },
];

export const IST0148: Example[] = [
  {
    about: 'a mesh that injects by default',
    yaml: NONE + BY_DEFAULT,
    finds: ['Namespace shop metadata.labels'],
    says: 'enableNamespacesByDefault',
  },
  { about: 'one that does not', yaml: NONE, finds: [] },
];

export const IST0123: Example[] = [
  {
    about: 'injection and a revision',
    yaml: namespace('shop', 'istio-injection: enabled, istio.io/rev: canary'),
    finds: ['Namespace shop metadata.labels'],
    says: 'istio-injection=enabled, istio.io/rev=canary',
  },
  {
    about: 'a revision and ambient mode',
    yaml: namespace(
      'shop',
      'istio.io/rev: canary, istio.io/dataplane-mode: ambient',
    ),
    finds: ['Namespace shop metadata.labels'],
  },
  {
    about: 'disabled and ambient mode',
    yaml: namespace(
      'shop',
      'istio-injection: disabled, istio.io/dataplane-mode: ambient',
    ),
    finds: [],
  },
];

const SPEC = '{ containers: [{ name: istio-proxy, image: auto }] }';

export const IST0147: Example[] = [
  {
    about: 'a pod that was not injected',
    yaml: `
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: ${SPEC}
`,
    finds: ['Pod web spec.containers[0].image'],
    says: 'image auto',
  },
  { about: 'another image', yaml: proxied('web', '1.30.0'), finds: [] },
];

const webhook = (selector: string) => `
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector }
webhooks: [{ name: namespace.sidecar-injector.istio.io, namespaceSelector: ${selector} }]
`;
const AUTO = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { spec: ${SPEC} } }
`;

export const IST0146: Example[] = [
  {
    about: 'no webhook selects the namespace',
    yaml:
      NONE + AUTO + webhook('{ matchLabels: { istio-injection: enabled } }'),
    finds: ['Deployment web spec.template.spec.containers[0].image'],
    says: 'label the namespace',
  },
  {
    about: 'a webhook selects it',
    yaml:
      ENABLED + AUTO + webhook('{ matchLabels: { istio-injection: enabled } }'),
    finds: [],
  },
];

function proxied(name: string, tag: string, extra = ''): string {
  return `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} }, annotations: { ${extra} } }
spec: { containers: [{ name: istio-proxy, image: "docker.io/istio/proxyv2:${tag}" }] }
`;
}

const VALUES = injector(
  '{"global": {"hub": "docker.io/istio", "tag": "1.30.1", "proxy": {"image": "proxyv2"}}}',
);

export const IST0158: Example[] = [
  {
    about: 'pods from before an upgrade',
    yaml:
      VALUES + ENABLED + proxied('old', '1.29.0') + proxied('new', '1.30.1'),
    finds: ['Namespace shop '],
    says: 'Pods old of',
  },
  {
    about: 'a variant that nobody asks for',
    yaml: VALUES + ENABLED + proxied('new', '1.30.1-distroless'),
    finds: ['Namespace shop '],
  },
  {
    about: 'a variant that a ProxyConfig asks for',
    yaml:
      VALUES +
      ENABLED +
      proxied('new', '1.30.1-distroless') +
      istio(
        'ProxyConfig',
        'variant',
        '{ selector: { matchLabels: { app: new } }, image: { imageType: distroless } }',
      ),
    finds: [],
  },
  {
    about: 'a variant that the pod asks for',
    yaml:
      VALUES +
      ENABLED +
      proxied(
        'new',
        '1.30.1-distroless',
        'proxy.istio.io/config: "image: { imageType: distroless }"',
      ),
    finds: [],
  },
  {
    about: 'an image of the pod’s own',
    yaml:
      VALUES +
      ENABLED +
      proxied('own', '1.28.0', 'sidecar.istio.io/proxyImage: own'),
    finds: [],
  },
  {
    about: 'settings that do not tell',
    yaml: ENABLED + proxied('old', '1.29.0'),
    finds: [],
  },
];
