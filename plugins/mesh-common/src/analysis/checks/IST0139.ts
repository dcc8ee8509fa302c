import { defineCheck } from '../check';
import { istioWebhooks, overlaps } from '../injectionOverlap';
import { refOf } from '../naming';

const KIND = 'admissionregistration.k8s.io/MutatingWebhookConfiguration';

/** Two webhooks inject the same pods, or a webhook asks a control plane that does not exist. */
export const invalidWebhook = defineCheck({
  code: 'IST0139',
  level: 'error',
  title: 'Injection webhook that cannot work',
  explanation:
    'For every pod one webhook of Istio at most may inject a sidecar: where two match, it is injected twice. And a webhook whose Service does not exist asks nobody, so that pods are refused or made without a sidecar.',
  upstream: 'webhook.Analyzer (istioctl)',
  mesh: 'istio',
  subject: KIND,
  needs: ['Service'],
  *run(configuration, snapshot) {
    const all = istioWebhooks(snapshot.list(KIND));
    const found = overlaps(all);
    for (const [index, one] of all
      .filter(candidate => candidate.configuration === configuration)
      .entries()) {
      for (const others of found.get(one) ?? []) {
        yield {
          message: `Webhook ${one.webhook.name} of ${refOf(
            configuration,
          )} injects pods that ${others} injects too: make their selectors exclude each other, or delete one`,
          field: `webhooks[${index}]`,
        };
      }
      const service = one.webhook.clientConfig?.service;
      if (
        service &&
        !snapshot.get('Service', service.namespace, service.name)
      ) {
        yield {
          message: `Webhook ${one.webhook.name} of ${refOf(
            configuration,
          )} asks Service ${service.namespace}/${
            service.name
          }, which does not exist: delete the webhook, or install the control plane that it is for`,
          field: `webhooks[${index}].clientConfig.service`,
        };
      }
    }
  },
});
