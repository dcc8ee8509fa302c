import { meshSettings, namespace, pod } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const webhook = (kind: string, name: string, config: string) => `
---
apiVersion: admissionregistration.k8s.io/v1
kind: ${kind}WebhookConfiguration
metadata: { name: ${name} }
webhooks: [{ name: one.istio.io, ${config} }]
`;
const SERVICE = 'service: { name: istiod, namespace: istio-system }';

export const MESHI0201: Example[] = [
  {
    about: 'an injector that the API server does not trust',
    yaml: webhook(
      'Mutating',
      'istio-sidecar-injector',
      `clientConfig: { ${SERVICE} }`,
    ),
    origin: 'cluster',
    finds: [
      'MutatingWebhookConfiguration istio-sidecar-injector webhooks[0].clientConfig.caBundle',
    ],
    says: 'pods that ask for a proxy are not created (failurePolicy Fail)',
  },
  {
    about: 'an injector whose failure is ignored',
    yaml: webhook(
      'Mutating',
      'istio-sidecar-injector',
      `failurePolicy: Ignore, clientConfig: { caBundle: "", ${SERVICE} }`,
    ),
    origin: 'cluster',
    finds: [
      'MutatingWebhookConfiguration istio-sidecar-injector webhooks[0].clientConfig.caBundle',
    ],
    says: 'pods start without a proxy',
  },
  {
    about: 'a validator',
    yaml: webhook(
      'Validating',
      'istio-validator-istio-system',
      `failurePolicy: Ignore, clientConfig: { ${SERVICE} }`,
    ),
    origin: 'cluster',
    finds: [
      'ValidatingWebhookConfiguration istio-validator-istio-system webhooks[0].clientConfig.caBundle',
    ],
    says: 'not validated',
  },
  {
    about: 'one that is trusted, one elsewhere, and one of others',
    yaml:
      webhook(
        'Mutating',
        'istio-sidecar-injector',
        `clientConfig: { caBundle: YQ==, ${SERVICE} }`,
      ) +
      webhook(
        'Mutating',
        'istio-sidecar-injector-far',
        'clientConfig: { url: https://istiod.example/inject }',
      ) +
      webhook('Mutating', 'mine', `clientConfig: { ${SERVICE} }`),
    origin: 'cluster',
    finds: [],
  },
  {
    about: 'files, since istiod writes it',
    yaml: webhook(
      'Mutating',
      'istio-sidecar-injector',
      `clientConfig: { ${SERVICE} }`,
    ),
    finds: [],
  },
];

const istiod = (tag: string, revision = 'default') => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod-${revision}, namespace: istio-system, labels: { app: istiod, istio.io/rev: ${revision} } }
spec: { template: { spec: { containers: [{ name: discovery, image: 'istio/pilot:${tag}' }] } } }
`;
const AT = 'spec.template.spec.containers';

/** The proxies of the pods are of 1.30. */
export const MESHI0202: Example[] = [
  {
    about: 'proxies that are three versions older',
    yaml: istiod('1.33.0-distroless') + pod('cart') + pod('web'),
    finds: [`Deployment istiod-default ${AT}`],
    says: '2 of its proxies of 1.30.3, which is 3 minor versions older',
  },
  {
    about: 'proxies that are newer',
    yaml: istiod('1.29.4') + pod('cart'),
    finds: [`Deployment istiod-default ${AT}`],
    says: 'newer: upgrade the control plane first',
  },
  {
    about: 'what is supported, versions that tell nothing, and other revisions',
    yaml:
      istiod('1.32.0') +
      istiod('latest', 'dev') +
      istiod('1.20.0', 'old') +
      pod('cart') +
      pod('none', { mode: 'none' }),
    finds: [],
  },
];

const SELECTIVE = meshSettings(
  'discoverySelectors: [{ matchLabels: { mesh: "on" } }, { matchExpressions: [{ key: team, operator: Exists }] }]',
);
const STRICT = `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: strict, namespace: shop }
spec: { mtls: { mode: STRICT } }
`;

export const MESHI0203: Example[] = [
  {
    about: 'proxies and policies where no selector matches',
    yaml: SELECTIVE + namespace('shop', 'mesh: "off"') + pod('cart') + STRICT,
    finds: ['Namespace shop metadata.labels'],
    says: '1 of its pods have proxies and 1 objects of Istio are in it',
  },
  {
    about: 'a namespace that a selector matches',
    yaml: SELECTIVE + namespace('shop', 'team: till') + pod('cart') + STRICT,
    finds: [],
  },
  {
    about: 'nothing of Istio where no selector matches',
    yaml: SELECTIVE + namespace('shop') + pod('cart', { mode: 'none' }),
    finds: [],
  },
  {
    about: 'no selectors',
    yaml: namespace('shop') + pod('cart') + STRICT,
    finds: [],
  },
];
