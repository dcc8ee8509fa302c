import { service } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const configuration = (
  kind: string,
  name: string,
  webhook: string,
  labels = '',
) => `
---
apiVersion: admissionregistration.k8s.io/v1
kind: ${kind}WebhookConfiguration
metadata: { name: ${name}, labels: { ${labels} } }
webhooks: [{ name: one.istio.io, ${webhook} }]
`;
const ISTIOD = service('istiod', { namespace: 'istio-system' });
const ASKS =
  'clientConfig: { service: { name: istiod, namespace: istio-system } }';
const ENABLED =
  'namespaceSelector: { matchLabels: { istio-injection: enabled } }';
const REVISION = 'namespaceSelector: { matchLabels: { istio.io/rev: canary } }';

export const IST0139: Example[] = [
  {
    about: 'two for the same namespaces',
    yaml:
      ISTIOD +
      configuration('Mutating', 'a', `${ASKS}, ${ENABLED}`) +
      configuration('Mutating', 'b', `${ASKS}, ${ENABLED}`),
    finds: [
      'MutatingWebhookConfiguration a webhooks[0]',
      'MutatingWebhookConfiguration b webhooks[0]',
    ],
    says: 'exclude each other',
  },
  {
    about: 'a revision and the default, which a namespace may both ask for',
    yaml:
      ISTIOD +
      configuration('Mutating', 'a', `${ASKS}, ${ENABLED}`) +
      configuration('Mutating', 'b', `${ASKS}, ${REVISION}`),
    finds: [
      'MutatingWebhookConfiguration a webhooks[0]',
      'MutatingWebhookConfiguration b webhooks[0]',
    ],
  },
  {
    about: 'a revision that the default leaves out',
    yaml:
      ISTIOD +
      configuration(
        'Mutating',
        'a',
        `${ASKS}, namespaceSelector: { matchExpressions: [{ key: istio-injection, operator: In, values: [enabled] }, { key: istio.io/rev, operator: DoesNotExist }] }`,
      ) +
      configuration('Mutating', 'b', `${ASKS}, ${REVISION}`),
    finds: [],
  },
  {
    about: 'a control plane that does not exist',
    yaml: configuration('Mutating', 'a', `${ASKS}, ${ENABLED}`),
    finds: ['MutatingWebhookConfiguration a webhooks[0].clientConfig.service'],
    says: 'Service istio-system/istiod, which does not exist',
  },
  {
    about: 'webhooks of others',
    yaml:
      configuration('Mutating', 'a', ASKS).replace('one.istio.io', 'x.org') +
      configuration('Mutating', 'b', ASKS).replace('one.istio.io', 'x.org'),
    finds: [],
  },
];

const url = (written: string) => `clientConfig: { url: "${written}" }`;

export const IST0163: Example[] = [
  {
    about: 'neither a url nor a service',
    yaml:
      configuration('Validating', 'istio-validator-x', 'clientConfig: {}') +
      configuration('Mutating', 'istio-sidecar-injector', 'clientConfig: {}'),
    finds: [
      'MutatingWebhookConfiguration istio-sidecar-injector webhooks[0].clientConfig',
      'ValidatingWebhookConfiguration istio-validator-x webhooks[0].clientConfig',
    ],
    says: 'neither a url nor a service',
  },
  {
    about: 'what is no url',
    yaml: configuration(
      'Validating',
      'istiod-default-validator',
      url('https://x.org:port/inject'),
    ),
    finds: [
      'ValidatingWebhookConfiguration istiod-default-validator webhooks[0].clientConfig',
    ],
    says: 'https://x.org:port/inject',
  },
  {
    about: 'a url, and a service',
    yaml:
      configuration('Validating', 'istio-validator', url('https://x.org/a')) +
      configuration('Mutating', 'istio-sidecar-injector', ASKS),
    finds: [],
  },
  {
    about: 'webhooks of others',
    yaml: configuration('Validating', 'other', 'clientConfig: {}'),
    finds: [],
  },
];

export const IST0164: Example[] = [
  {
    about: 'addresses',
    yaml:
      configuration(
        'Validating',
        'istio-validator',
        url('https://10.0.0.1/a'),
      ) +
      configuration(
        'Mutating',
        'istio-sidecar-injector',
        url('https://[fd00::1]:15017/a'),
      ),
    finds: [
      'MutatingWebhookConfiguration istio-sidecar-injector webhooks[0].clientConfig.url',
      'ValidatingWebhookConfiguration istio-validator webhooks[0].clientConfig.url',
    ],
    says: 'use a host name',
  },
  {
    about: 'a host name',
    yaml: configuration('Validating', 'istio-validator', url('https://x.org')),
    finds: [],
  },
];
