import { clusterOf } from '../../__testUtils__/cluster';
import {
  EXPIRED_CERTIFICATE,
  LONG_CERTIFICATE,
} from '../../__testUtils__/certificates';
import { webhookOf, WebhookPurpose } from './webhooks';

const PURPOSE: WebhookPurpose = {
  purpose: 'injection',
  outcomes: { Fail: 'pods are refused', Ignore: 'pods get no proxy' },
  ignoring: 'notice',
  warnBelowDays: 30,
};

const CA = btoa(LONG_CERTIFICATE);

const SERVICE = `
---
apiVersion: v1
kind: Service
metadata: { name: injector, namespace: mesh }
spec: { ports: [] }
`;

function configuration(webhooks: string): string {
  return `
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: hook }
webhooks: [${webhooks}]
`;
}

function webhook(client: string, more = ''): string {
  return `{ name: one, clientConfig: { ${client} }, ${more} }`;
}

const TO_SERVICE = 'service: { name: injector, namespace: mesh }';

function judge(
  yaml: string,
  options: Parameters<typeof clusterOf>[1] = {},
  purpose = PURPOSE,
) {
  const snapshot = clusterOf(yaml, options);
  const hook = snapshot.get(
    'admissionregistration.k8s.io/MutatingWebhookConfiguration',
    undefined,
    'hook',
  );
  if (!hook) {
    throw new TypeError('There is no configuration');
  }
  return webhookOf({ snapshot, mesh: 'mesh' }, hook, purpose);
}

describe('webhookOf', () => {
  it.each<[string, string, string, string, string]>([
    [
      'works',
      SERVICE + configuration(webhook(`${TO_SERVICE}, caBundle: ${CA}`)),
      'good',
      'When nobody answers, pods are refused (failurePolicy Fail)',
      'webhooks[0].failurePolicy',
    ],
    [
      'fails open',
      SERVICE +
        configuration(
          webhook(`${TO_SERVICE}, caBundle: ${CA}`, 'failurePolicy: Ignore'),
        ),
      'notice',
      'When nobody answers, pods get no proxy (failurePolicy Ignore)',
      'webhooks[0].failurePolicy',
    ],
    [
      'asks a Service that is not there',
      configuration(webhook(`${TO_SERVICE}, caBundle: ${CA}`)),
      'bad',
      'Webhook one asks Service mesh/injector, which does not exist: pods are refused',
      'webhooks[0].clientConfig.service',
    ],
    [
      'has nobody to trust',
      SERVICE + configuration(webhook(TO_SERVICE)),
      'bad',
      'Webhook one has no caBundle, so that the API server does not trust whom it asks: pods are refused',
      'webhooks[0].clientConfig.caBundle',
    ],
    [
      'names nobody',
      configuration(webhook('')),
      'bad',
      'Webhook one names nobody to ask: pods are refused',
      'webhooks[0].clientConfig',
    ],
    [
      'has no webhook',
      configuration(''),
      'bad',
      'hook has no webhook: nobody is asked',
      'webhooks',
    ],
    [
      'has one that works and one that does not',
      SERVICE +
        configuration(
          `${webhook(`${TO_SERVICE}, caBundle: ${CA}`)}, ${webhook('')}`,
        ),
      'bad',
      'Webhook one names nobody to ask: pods are refused',
      'webhooks[1].clientConfig',
    ],
    [
      'asks a URL, which may have a certificate that everybody trusts',
      configuration(webhook('url: "https://injector.example/x?token=secret"')),
      'good',
      'When nobody answers, pods are refused (failurePolicy Fail)',
      'webhooks[0].failurePolicy',
    ],
  ])('of one that %s', (_, yaml, value, text, field) => {
    expect(judge(yaml).answer).toEqual({
      value,
      reasons: [
        {
          rule: 'mesh/control-plane/webhook',
          text,
          object: {
            cluster: 'test',
            kind: 'admissionregistration.k8s.io/MutatingWebhookConfiguration',
            name: 'hook',
          },
          field,
        },
      ],
    });
  });

  it('does not know what becomes of one whose Service may not be read', () => {
    expect(
      judge(configuration(webhook(`${TO_SERVICE}, caBundle: ${CA}`)), {
        forbidden: ['Service'],
      }).answer,
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });

  it('misses no caBundle in files, where the control plane has not written it yet', () => {
    expect(
      judge(SERVICE + configuration(webhook(TO_SERVICE)), { origin: 'files' })
        .answer.value,
    ).toBe('good');
  });

  it('tells of a URL its host alone', () => {
    const { asks } = judge(
      configuration(webhook('url: "https://injector.example/x?token=secret"')),
    );
    expect(asks).toBe('injector.example');
  });

  it('tells what is selected, whom it asks, and what is trusted', () => {
    const yaml =
      SERVICE +
      configuration(
        `${webhook(
          `${TO_SERVICE}, caBundle: ${btoa(EXPIRED_CERTIFICATE)}`,
          'namespaceSelector: { matchLabels: { a: b } }',
        )}, ${webhook(
          `${TO_SERVICE}, caBundle: ${CA}`,
          'failurePolicy: Ignore',
        )}`,
      );
    expect(judge(yaml, {}, { ...PURPOSE, tag: 'prod' })).toMatchObject({
      tag: 'prod',
      failurePolicy: 'mixed',
      asks: 'Service mesh/injector',
      selects: [
        { webhook: 'one', namespaces: 'a=b', objects: '' },
        { webhook: 'one', namespaces: '', objects: '' },
      ],
      authority: {
        validity: { value: 'known' },
        notAfter: '2021-01-01T00:00:00.000Z',
      },
    });
  });

  it.each(['%%%', btoa('no certificate')])(
    'does not know an authority that is written as %j',
    caBundle => {
      expect(
        judge(
          SERVICE +
            configuration(webhook(`${TO_SERVICE}, caBundle: '${caBundle}'`)),
        ).authority?.validity,
      ).toMatchObject({ value: 'unknown', cause: 'malformed' });
    },
  );
});
