import { MutatingWebhookConfiguration } from '../../kubernetes/core';
import { webhookPurpose } from '../../linkerd/control-plane/webhooks';
import { webhookKind, webhookOf } from '../../mesh/control-plane/webhooks';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';
import { endingCertificate } from '../endingCertificate';

const COMMON = {
  code: 'MESH-L0605',
  aliases: [
    'l5d-proxy-injector-webhook-cert-valid',
    'l5d-sp-validator-webhook-cert-valid',
    'l5d-policy-validator-webhook-cert-valid',
  ],
  level: 'error',
  title: 'A webhook of Linkerd cannot work, or will not for long',
  explanation:
    'The API server asks the injector and the validators by these configurations. Where whom they name is not there, or where the certificate that the API server trusts for it has ended, pods are made without a proxy or not at all, and objects are written unchecked or not at all, by its failurePolicy.',
  upstream:
    'pkg/healthcheck, category linkerd-webhooks-and-apisvc-tls (linkerd2)',
  mesh: 'linkerd',
  readsClock: true,
} as const;

function* brokenWebhook(
  configuration: MutatingWebhookConfiguration,
  snapshot: MeshSnapshot,
  now: Date | undefined,
): Iterable<CheckFinding> {
  const purpose = webhookPurpose(configuration.metadata.name);
  if (!purpose) {
    return;
  }
  const { answer, authority } = webhookOf(
    { snapshot, mesh: 'linkerd' },
    configuration,
    purpose,
  );
  const [{ text, field }] = answer.reasons;
  // Manifests are often without what somebody else makes.
  if (answer.value === 'bad' && snapshot.origin === 'cluster') {
    yield { message: text, ...(field && { field }) };
  }
  const ending = authority && now && endingCertificate(authority, now);
  if (ending) {
    const at = authority.validity.reasons[0].field;
    yield {
      message: `${authority.title} ${ending.text}`,
      level: ending.level,
      ...(at && { field: at }),
    };
  }
}

export const webhookBroken = [
  defineCheck({
    ...COMMON,
    subject: webhookKind('injection'),
    needs: ['Service'],
    run: brokenWebhook,
  }),
  defineCheck({
    ...COMMON,
    subject: webhookKind('validation'),
    needs: ['Service'],
    run: brokenWebhook,
  }),
];
