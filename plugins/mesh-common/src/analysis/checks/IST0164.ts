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
  code: 'IST0164',
  level: 'info',
  title: 'Webhook of Istio asks an IP address',
  explanation:
    'The control plane outside the cluster is named by its address. It cannot move then, and its certificate must be for the address. Use a host name.',
  upstream: 'externalcontrolplane.ExternalControlPlaneAnalyzer (istioctl)',
  mesh: 'istio',
  needs: [],
} as const;

/** A webhook of Istio asks a control plane by its IP address. */
function* byAddress(
  configuration: KubernetesObject,
  webhooks: readonly ControlPlaneWebhook[],
): Iterable<CheckFinding> {
  for (const { name, url, field } of webhooks) {
    if (url !== undefined && parseWebhookUrl(url)?.isAddress) {
      yield {
        message: `Webhook ${name} of ${refOf(
          configuration,
        )} asks ${url}: use a host name in the place of the address`,
        field: `${field}.url`,
      };
    }
  }
}

export const webhookByAddress = [
  defineCheck({
    ...COMMON,
    subject: 'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
    run: configuration =>
      byAddress(configuration, validatingWebhooks(configuration)),
  }),
  defineCheck({
    ...COMMON,
    subject: 'admissionregistration.k8s.io/MutatingWebhookConfiguration',
    run: configuration =>
      byAddress(configuration, injectingWebhooks(configuration)),
  }),
];
