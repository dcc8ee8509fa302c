import {
  ControlPlaneFact,
  ControlPlaneWebhook,
} from '../../contract/controlPlane';
import {
  About,
  fact,
  judged,
  unreadKind,
} from '../../mesh/control-plane/facts';
import {
  webhookKind,
  webhookOf,
  WebhookPurpose,
} from '../../mesh/control-plane/webhooks';
import { WARN_BELOW_DAYS } from './certificates';

interface Expected {
  name: string;
  missing: string;
  purpose: WebhookPurpose;
}

/** The configurations that the chart installs, by the names that it gives them. */
const EXPECTED: readonly Expected[] = [
  {
    name: 'linkerd-proxy-injector-webhook-config',
    missing: 'no pod gets a proxy',
    purpose: {
      purpose: 'injection',
      outcomes: {
        Fail: 'pods that it selects are not created',
        Ignore: 'pods that it selects start without a proxy',
      },
      ignoring: 'notice',
      warnBelowDays: WARN_BELOW_DAYS,
    },
  },
  {
    name: 'linkerd-policy-validator-webhook-config',
    missing: 'policies are written without being validated',
    purpose: {
      purpose: 'validation',
      outcomes: {
        Fail: 'no policy of Linkerd can be written',
        Ignore: 'policies of Linkerd are written without being validated',
      },
      ignoring: 'info',
      warnBelowDays: WARN_BELOW_DAYS,
    },
  },
  {
    name: 'linkerd-sp-validator-webhook-config',
    missing: 'ServiceProfiles are written without being validated',
    purpose: {
      purpose: 'validation',
      outcomes: {
        Fail: 'no ServiceProfile can be written',
        Ignore: 'ServiceProfiles are written without being validated',
      },
      ignoring: 'info',
      warnBelowDays: WARN_BELOW_DAYS,
    },
  },
];

/** What a webhook configuration of Linkerd is for; undefined for one that is not the chart's. */
export function webhookPurpose(name: string): WebhookPurpose | undefined {
  return EXPECTED.find(expected => expected.name === name)?.purpose;
}

/**
 * The webhooks of the control plane that are there, and of those that are not what follows.
 *
 * Upstream: charts/linkerd-control-plane/templates/{proxy-injector-rbac,destination-rbac}.yaml; pkg/healthcheck,
 * category linkerd-webhooks-and-apisvc-tls.
 */
export function webhooksOf(about: About): {
  webhooks: ControlPlaneWebhook[];
  facts: ControlPlaneFact[];
} {
  const webhooks: ControlPlaneWebhook[] = [];
  const facts: ControlPlaneFact[] = [];
  for (const { name, missing, purpose } of EXPECTED) {
    const kind = webhookKind(purpose.purpose);
    const configuration = about.snapshot.get(kind, undefined, name);
    if (configuration) {
      webhooks.push(webhookOf(about, configuration, purpose));
    } else {
      facts.push(
        fact(
          `webhook-${name}`,
          name,
          unreadKind(about, 'webhook', kind) ??
            judged(
              about,
              'webhook',
              purpose.purpose === 'injection' ? 'bad' : 'notice',
              `There is no ${kind.split('/')[1]} ${name}: ${missing}`,
            ),
        ),
      );
    }
  }
  return { webhooks, facts };
}
