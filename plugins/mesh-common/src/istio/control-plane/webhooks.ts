import { ControlPlaneWebhook } from '../../contract/controlPlane';
import { About } from '../../mesh/control-plane/facts';
import { webhookOf, WebhookPurpose } from '../../mesh/control-plane/webhooks';
import { WARN_BELOW_DAYS } from './certificates';
import { Revision } from './revisions';

const INJECTION: WebhookPurpose = {
  purpose: 'injection',
  outcomes: {
    Fail: 'pods that it selects are not created',
    Ignore: 'pods that it selects start without a proxy',
  },
  ignoring: 'notice',
  warnBelowDays: WARN_BELOW_DAYS,
};

const VALIDATION: WebhookPurpose = {
  purpose: 'validation',
  outcomes: {
    Fail: 'no object of Istio can be written',
    Ignore: 'objects of Istio are written without being validated',
  },
  // istiod itself makes it Fail once it has seen that validation works.
  ignoring: 'notice',
  warnBelowDays: WARN_BELOW_DAYS,
};

/**
 * The webhooks of a revision: by which it injects, under its own name and by tags, and by which it validates.
 *
 * Upstream: manifests/charts/istio-control/istio-discovery/templates/{mutatingwebhook,revision-tags-mwc,
 * validatingwebhookconfiguration}.yaml; pkg/webhooks/validation/controller.
 */
export function webhooksOfRevision(
  about: About,
  { injectors, tags, validators }: Revision,
): ControlPlaneWebhook[] {
  return [
    ...injectors.map(configuration =>
      webhookOf(about, configuration, INJECTION),
    ),
    ...tags.map(({ name, configuration }) =>
      webhookOf(about, configuration, { ...INJECTION, tag: name }),
    ),
    ...validators.map(configuration =>
      webhookOf(about, configuration, VALIDATION),
    ),
  ];
}
