import { MutatingWebhookConfiguration } from '../kubernetes/core';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

export const REVISION_LABEL = 'istio.io/rev';

/** A webhook configuration that has sidecars injected. */
export interface InjectionWebhook {
  configuration: MutatingWebhookConfiguration;
  /** The revision whose control plane injects. */
  revision: string;
}

const webhookIndex = defineIndex(
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration'],
  ({ objects }) =>
    objects('admissionregistration.k8s.io/MutatingWebhookConfiguration')
      .filter(isInjector)
      .map(
        (configuration): InjectionWebhook => ({
          configuration,
          revision: configuration.metadata.labels[REVISION_LABEL] ?? 'default',
        }),
      ),
);

/**
 * The webhook configurations that inject sidecars: one for each revision, and one for each tag, which asks for
 * the tag in its selectors and has the label of the revision that it points to.
 *
 * Upstream: manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml and revision-tags-mwc.yaml.
 */
export function injectionWebhooks(
  snapshot: MeshSnapshot,
): readonly InjectionWebhook[] {
  return webhookIndex(snapshot);
}

function isInjector({
  webhooks,
  metadata,
}: MutatingWebhookConfiguration): boolean {
  return (
    metadata.labels.app === 'sidecar-injector' ||
    webhooks.some(({ name }) => name.endsWith('sidecar-injector.istio.io'))
  );
}
