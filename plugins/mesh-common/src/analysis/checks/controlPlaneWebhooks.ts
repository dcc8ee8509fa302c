import { MutatingWebhookConfiguration } from '../../kubernetes/core';

/** A webhook of Istio, and where it is. */
export interface ControlPlaneWebhook {
  name: string;
  url: string | undefined;
  hasService: boolean;
  field: string;
}

/** The webhooks by which Istio validates, by the names that its charts give the configuration. */
export function validatingWebhooks(
  configuration: MutatingWebhookConfiguration,
): ControlPlaneWebhook[] {
  const { name } = configuration.metadata;
  return name === 'istiod-default-validator' ||
    name.startsWith('istio-validator')
    ? webhooksOf(configuration)
    : [];
}

/** The webhooks by which Istio injects. */
export function injectingWebhooks(
  configuration: MutatingWebhookConfiguration,
): ControlPlaneWebhook[] {
  return configuration.metadata.name.startsWith('istio-sidecar-injector')
    ? webhooksOf(configuration)
    : [];
}

function webhooksOf({
  webhooks,
}: MutatingWebhookConfiguration): ControlPlaneWebhook[] {
  return webhooks.map(({ name, clientConfig }, index) => ({
    name,
    url: clientConfig?.url,
    hasService: clientConfig?.service !== undefined,
    field: `webhooks[${index}].clientConfig`,
  }));
}
