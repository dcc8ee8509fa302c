import { MutatingWebhookConfiguration } from '../kubernetes/core';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

export const REVISION_LABEL = 'istio.io/rev';
const TAG_LABEL = 'istio.io/tag';

/** A webhook configuration that has sidecars injected. */
export interface InjectionWebhook {
  configuration: MutatingWebhookConfiguration;
  /** The revision whose control plane injects. */
  revision: string;
  /** A name that namespaces may use instead of the revision. */
  tag?: string;
}

const webhookIndex = defineIndex(
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration'],
  ({ objects }) =>
    objects('admissionregistration.k8s.io/MutatingWebhookConfiguration')
      .filter(isInjector)
      .map((configuration): InjectionWebhook => {
        const { labels } = configuration.metadata;
        return {
          configuration,
          revision: labels[REVISION_LABEL] ?? 'default',
          ...(labels[TAG_LABEL] && { tag: labels[TAG_LABEL] }),
        };
      }),
);

/**
 * The webhook configurations that inject sidecars: one a revision, and one a tag that points to a revision.
 *
 * Upstream: manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml and revision-tags-mwc.yaml.
 */
export function injectionWebhooks(
  snapshot: MeshSnapshot,
): readonly InjectionWebhook[] {
  return webhookIndex(snapshot);
}

/** The revision that a value of the label `istio.io/rev` means: itself, or the one that a tag points to. */
export function resolveRevision(snapshot: MeshSnapshot, name: string): string {
  return (
    injectionWebhooks(snapshot).find(({ tag }) => tag === name)?.revision ??
    name
  );
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
