import { MutatingWebhookConfiguration } from '../../kubernetes/core';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';
import { injectingWebhooks, validatingWebhooks } from './controlPlaneWebhooks';

const COMMON = {
  code: 'MESH-I0201',
  level: 'error',
  title: 'Webhook of Istio without a certificate to trust',
  explanation:
    'istiod writes the certificate of its authority into caBundle of its webhooks once it runs. Where it has not, the API server trusts none of its answers: the webhook fails each time, and failurePolicy says what becomes of the request. See the log of istiod, and whether something else (GitOps, a second installation) writes the configuration over and over.',
  upstream:
    'pkg/webhooks/webhookpatch.go and pkg/webhooks/validation/controller (istio)',
  mesh: 'istio',
  needs: [],
} as const;

/** What comes of a webhook that fails. */
interface Outcomes {
  ignored: string;
  refused: string;
}

/** A webhook of Istio that is asked by a Service has no caBundle. In files there is none yet, since istiod writes it. */
function* untrusted(
  { metadata, webhooks }: MutatingWebhookConfiguration,
  snapshot: MeshSnapshot,
  names: readonly string[],
  outcomes: Outcomes,
): Iterable<CheckFinding> {
  if (snapshot.origin === 'files') {
    return;
  }
  for (const [index, webhook] of webhooks.entries()) {
    const { name, clientConfig, failurePolicy = 'Fail' } = webhook;
    // One with a URL may have a certificate that everybody trusts.
    if (
      names.includes(name) &&
      clientConfig?.service &&
      !clientConfig.caBundle
    ) {
      yield {
        message: `Webhook ${name} of ${
          metadata.name
        } has no caBundle: the API server does not trust istiod, and ${
          failurePolicy === 'Ignore' ? outcomes.ignored : outcomes.refused
        } (failurePolicy ${failurePolicy})`,
        field: `webhooks[${index}].clientConfig.caBundle`,
      };
    }
  }
}

export const untrustedWebhook = [
  defineCheck({
    ...COMMON,
    subject: 'admissionregistration.k8s.io/MutatingWebhookConfiguration',
    run: (configuration, snapshot) =>
      untrusted(
        configuration,
        snapshot,
        injectingWebhooks(configuration).map(({ name }) => name),
        {
          ignored: 'pods start without a proxy',
          refused: 'pods that ask for a proxy are not created',
        },
      ),
  }),
  defineCheck({
    ...COMMON,
    subject: 'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
    run: (configuration, snapshot) =>
      untrusted(
        configuration,
        snapshot,
        validatingWebhooks(configuration).map(({ name }) => name),
        {
          ignored: 'objects of Istio are not validated when they are written',
          refused: 'no object of Istio can be written',
        },
      ),
  }),
];
