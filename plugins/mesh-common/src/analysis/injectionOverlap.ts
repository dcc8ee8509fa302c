import { REVISION_LABEL } from '../istio/revisions';
import { MutatingWebhookConfiguration } from '../kubernetes/core';
import { LabelSelector } from '../kubernetes/objects';
import { matchesSelector } from '../kubernetes/selectors';

type Labels = Readonly<Record<string, string>>;

export interface IstioWebhook {
  configuration: MutatingWebhookConfiguration;
  webhook: MutatingWebhookConfiguration['webhooks'][number];
  /** `CONFIGURATION/WEBHOOK`. */
  name: string;
}

const NAMESPACE_LABELS: readonly Labels[] = [
  {},
  { 'istio-injection': 'enabled' },
  { 'istio-injection': 'disabled' },
];

const POD_LABELS: readonly Labels[] = [
  {},
  { 'sidecar.istio.io/inject': 'true' },
  { 'sidecar.istio.io/inject': 'false' },
];

/** The webhooks of Istio among all, those of revisions and tags included. */
export function istioWebhooks(
  configurations: Iterable<MutatingWebhookConfiguration>,
): IstioWebhook[] {
  return [...configurations]
    .filter(
      configuration =>
        revisionsOf(configuration).length > 0 ||
        configuration.webhooks.some(({ name }) => name.endsWith('istio.io')),
    )
    .flatMap(configuration =>
      configuration.webhooks.map(webhook => ({
        configuration,
        webhook,
        name: `${configuration.metadata.name}/${webhook.name}`,
      })),
    );
}

/**
 * For each webhook the others that inject the same pods, by every combination of the labels that injection knows on
 * namespace and pod.
 *
 * Upstream: pkg/config/analysis/analyzers/webhook/webhook.go, `Analyze`.
 */
export function overlaps(
  webhooks: readonly IstioWebhook[],
): Map<IstioWebhook, Set<string>> {
  const revisions = new Set(
    webhooks.flatMap(({ configuration }) => revisionsOf(configuration)),
  );
  const found = new Map<IstioWebhook, Set<string>>();
  for (const namespace of withRevisions(NAMESPACE_LABELS, revisions)) {
    for (const pod of withRevisions(POD_LABELS, revisions)) {
      const matching = webhooks.filter(
        ({ webhook: { namespaceSelector = {}, objectSelector = {} } }) =>
          matchesSelector(namespace, namespaceSelector) &&
          matchesSelector(pod, objectSelector),
      );
      for (const one of matching) {
        const others = matching.filter(other => other !== one);
        if (others.length > 0) {
          const names = others.map(({ name }) => name).sort();
          found.set(one, (found.get(one) ?? new Set()).add(names.join(', ')));
        }
      }
    }
  }
  return found;
}

function withRevisions(
  base: readonly Labels[],
  revisions: ReadonlySet<string>,
): Labels[] {
  return [
    ...base,
    ...[...revisions].flatMap(revision =>
      base.map(labels => ({ ...labels, [REVISION_LABEL]: revision })),
    ),
  ];
}

function revisionsOf({
  metadata,
  webhooks,
}: MutatingWebhookConfiguration): string[] {
  return [
    ...valuesOf({ matchLabels: metadata.labels }),
    ...webhooks.flatMap(({ namespaceSelector, objectSelector }) => [
      ...valuesOf(namespaceSelector),
      ...valuesOf(objectSelector),
    ]),
  ];
}

function valuesOf({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector = {}): string[] {
  return [
    ...(matchLabels[REVISION_LABEL] === undefined
      ? []
      : [matchLabels[REVISION_LABEL]]),
    ...matchExpressions.flatMap(({ key, values = [] }) =>
      key === REVISION_LABEL ? values : [],
    ),
  ];
}
