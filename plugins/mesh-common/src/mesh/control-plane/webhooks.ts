import { Answer } from '../../contract/common';
import {
  ControlPlaneCertificate,
  ControlPlaneState,
  ControlPlaneWebhook,
} from '../../contract/controlPlane';
import { decodeBase64 } from '../../kubernetes/certificate';
import { MutatingWebhookConfiguration } from '../../kubernetes/core';
import { bundledCertificates } from './certificates';
import { About, Decider, judged, notKnown, unreadKind } from './facts';
import { selectorText } from './selectorText';

const KINDS_OF = {
  injection: 'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  validation: 'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
} as const;

type Webhook = MutatingWebhookConfiguration['webhooks'][number];

/** What a configuration is for, and what follows where it does not work. */
export interface WebhookPurpose {
  purpose: ControlPlaneWebhook['purpose'];
  tag?: string;
  /** What becomes of requests where a webhook fails: under `Fail`, and under `Ignore`. */
  outcomes: { Fail: string; Ignore: string };
  /** How good it is that a failure is ignored. */
  ignoring: ControlPlaneState;
  /** With less of its authority left it asks for attention. */
  warnBelowDays: number;
}

/** The kind of the configurations for a purpose. */
export function webhookKind(purpose: ControlPlaneWebhook['purpose']) {
  return KINDS_OF[purpose];
}

/**
 * Whether the webhooks of a configuration can work: there is one, the Service that it asks exists, and the API server
 * has an authority to trust (`caBundle`); and what becomes of requests when it fails.
 *
 * Upstream: Kubernetes, admissionregistration.k8s.io/v1, `WebhookClientConfig`, `FailurePolicyType`.
 */
export function webhookOf(
  about: About,
  configuration: MutatingWebhookConfiguration,
  purpose: WebhookPurpose,
): ControlPlaneWebhook {
  const { webhooks, metadata } = configuration;
  const authority = authorityOf(about, configuration, purpose);
  return {
    name: metadata.name,
    purpose: purpose.purpose,
    ...(purpose.tag && { tag: purpose.tag }),
    answer: worst(
      webhooks.length === 0
        ? [
            judged(
              about,
              'webhook',
              'bad',
              `${metadata.name} has no webhook: nobody is asked`,
              deciderOf(configuration, purpose, 'webhooks'),
            ),
          ]
        : webhooks.map((webhook, index) =>
            judgeWebhook(about, configuration, purpose, { webhook, index }),
          ),
    ),
    failurePolicy: failurePolicyOf(webhooks),
    asks: [...new Set(webhooks.map(asked))].join(', '),
    selects: webhooks.map(({ name, namespaceSelector, objectSelector }) => ({
      webhook: name,
      namespaces: selectorText(namespaceSelector),
      objects: selectorText(objectSelector),
    })),
    ...(authority && { authority }),
  };
}

function judgeWebhook(
  about: About,
  configuration: MutatingWebhookConfiguration,
  purpose: WebhookPurpose,
  { webhook, index }: { webhook: Webhook; index: number },
): Answer<ControlPlaneState> {
  const { snapshot } = about;
  const { name, clientConfig, failurePolicy = 'Fail' } = webhook;
  const { outcomes, ignoring } = purpose;
  const outcome = outcomes[failurePolicy === 'Ignore' ? 'Ignore' : 'Fail'];
  const at = (field: string) =>
    deciderOf(configuration, purpose, `webhooks[${index}].${field}`);
  const service = clientConfig?.service;
  if (!service && !clientConfig?.url) {
    return judged(
      about,
      'webhook',
      'bad',
      `Webhook ${name} names nobody to ask: ${outcome}`,
      at('clientConfig'),
    );
  }
  if (service) {
    const unread = unreadKind(about, 'webhook', 'Service');
    if (unread) {
      return unread;
    }
    if (!snapshot.get('Service', service.namespace, service.name)) {
      return judged(
        about,
        'webhook',
        'bad',
        `Webhook ${name} asks Service ${service.namespace}/${service.name}, which does not exist: ${outcome}`,
        at('clientConfig.service'),
      );
    }
    if (!clientConfig?.caBundle && snapshot.origin === 'cluster') {
      return judged(
        about,
        'webhook',
        'bad',
        `Webhook ${name} has no caBundle, so that the API server does not trust whom it asks: ${outcome}`,
        at('clientConfig.caBundle'),
      );
    }
  }
  return judged(
    about,
    'webhook',
    failurePolicy === 'Ignore' ? ignoring : 'good',
    `When nobody answers, ${outcome} (failurePolicy ${failurePolicy})`,
    at('failurePolicy'),
  );
}

const FROM_WORST: readonly ControlPlaneState[] = [
  'bad',
  'unknown',
  'notice',
  'info',
  'good',
];

/** The worst of several answers, the first of equal ones. */
function worst(
  answers: readonly Answer<ControlPlaneState>[],
): Answer<ControlPlaneState> {
  return answers.reduce((one, other) =>
    FROM_WORST.indexOf(other.value) < FROM_WORST.indexOf(one.value)
      ? other
      : one,
  );
}

function failurePolicyOf(
  webhooks: readonly Webhook[],
): ControlPlaneWebhook['failurePolicy'] {
  const [policy, ...others] = new Set(
    webhooks.map(({ failurePolicy }) =>
      failurePolicy === 'Ignore' ? 'Ignore' : 'Fail',
    ),
  );
  return others.length > 0 ? 'mixed' : policy ?? 'Fail';
}

/** Of a URL the host alone, since a path may tell what is nobody's business. */
function asked({ clientConfig }: Webhook): string {
  const { service, url } = clientConfig ?? {};
  if (service) {
    return `Service ${service.namespace}/${service.name}`;
  }
  return url && URL.canParse(url) ? new URL(url).host : 'nobody';
}

/** The authority that the API server trusts: the first certificate of the first caBundle. */
function authorityOf(
  about: About,
  configuration: MutatingWebhookConfiguration,
  purpose: WebhookPurpose,
): ControlPlaneCertificate | undefined {
  const index = configuration.webhooks.findIndex(
    ({ clientConfig }) => clientConfig?.caBundle,
  );
  const caBundle = configuration.webhooks[index]?.clientConfig?.caBundle;
  if (!caBundle) {
    return undefined;
  }
  const subject = {
    id: `webhook ${configuration.metadata.name}`,
    title: `Authority that the API server trusts for ${configuration.metadata.name}`,
    warnBelowDays: purpose.warnBelowDays,
  };
  const decider = deciderOf(
    configuration,
    purpose,
    `webhooks[${index}].clientConfig.caBundle`,
  );
  const bytes = decodeBase64(caBundle);
  return bytes
    ? bundledCertificates(about, subject, new TextDecoder().decode(bytes), {
        ...decider,
        named: 'caBundle',
      })[0]
    : {
        ...subject,
        validity: notKnown(
          about,
          'certificate',
          'malformed',
          'caBundle is no base64',
          decider,
        ),
      };
}

function deciderOf(
  object: MutatingWebhookConfiguration,
  { purpose }: WebhookPurpose,
  field: string,
): Decider {
  return { kind: webhookKind(purpose), object, field };
}
