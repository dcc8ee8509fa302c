import { KubernetesObject } from '../../kubernetes/objects';
import { CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';
import { parseWebhookUrl } from '../webhookUrl';
import {
  ControlPlaneWebhook,
  injectingWebhooks,
  validatingWebhooks,
} from './controlPlaneWebhooks';

const COMMON = {
  code: 'IST0163',
  level: 'warning',
  title: 'Webhook of Istio without a usable address',
  explanation:
    'The webhook names neither a Service nor a URL that can be read, so that no control plane is asked: configuration is not validated, or pods are not injected.',
  upstream: 'externalcontrolplane.ExternalControlPlaneAnalyzer (istioctl)',
  mesh: 'istio',
  needs: [],
} as const;

/** A webhook of Istio has neither a Service nor a valid URL. */
function* unusable(
  configuration: KubernetesObject,
  webhooks: readonly ControlPlaneWebhook[],
): Iterable<CheckFinding> {
  for (const { name, url, hasService, field } of webhooks) {
    if (url === undefined ? !hasService : !parseWebhookUrl(url)) {
      yield {
        message: `Webhook ${name} of ${refOf(configuration)} ${
          url === undefined
            ? 'has neither a url nor a service'
            : `has ${url} as its url, which is none`
        }: set the address of the control plane`,
        field,
      };
    }
  }
}

export const webhookWithoutAddress = [
  defineCheck({
    ...COMMON,
    subject: 'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
    run: configuration =>
      unusable(configuration, validatingWebhooks(configuration)),
  }),
  defineCheck({
    ...COMMON,
    subject: 'admissionregistration.k8s.io/MutatingWebhookConfiguration',
    run: configuration =>
      unusable(configuration, injectingWebhooks(configuration)),
  }),
];
