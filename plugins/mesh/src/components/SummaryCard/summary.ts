import {
  CanaryState,
  FindingsAnswer,
  RoutingAnswer,
} from 'backstage-plugin-mesh-common';
import { objectKey } from '../../format/refs';
import { MeshTranslate } from '../../translation';
import {
  canaryName,
  phaseText,
  stepWords,
} from '../RoutingTab/Canary/canaryText';

/** The routes in a line: how many rules there are, the first one that splits requests, and the canaries. */
export function routesText(
  t: MeshTranslate,
  { services }: RoutingAnswer,
): string {
  if (services.length === 0) {
    return t('readiness.card.noService');
  }
  const rules = services.flatMap(({ ports }) =>
    ports.flatMap(port => port.rules),
  );
  const split = rules.find(
    ({ neverMatches, backends }) =>
      !neverMatches && backends.filter(({ percent }) => percent > 0).length > 1,
  );
  const text = t('readiness.card.services', {
    rules: t('readiness.card.rules', { count: rules.length }),
    count: services.length,
  });
  const splits = split
    ? t('readiness.card.split', {
        shares: split.backends
          .map(({ percent }) => `${Math.round(percent)} %`)
          .join(' / '),
      })
    : undefined;
  return [
    [text, splits].filter(Boolean).join(', '),
    ...canariesOf(services).map(canary => canaryText(t, canary)),
  ].join('; ');
}

/** Each once, however many Services it governs. */
function canariesOf(services: RoutingAnswer['services']): CanaryState[] {
  const canaries = services.flatMap(({ delivery }) => delivery?.canaries ?? []);
  return [
    ...new Map(
      canaries.map(canary => [objectKey(canary.object), canary]),
    ).values(),
  ];
}

function canaryText(t: MeshTranslate, canary: CanaryState): string {
  const [difference] = canary.differences;
  const { step } = canary;
  return t('readiness.card.canary', {
    canary: canaryName(t, canary),
    phase: [
      phaseText(t, canary),
      ...(step
        ? [stepWords(t, { number: step.number, count: step.count })]
        : []),
      ...(difference ? [difference.text] : []),
    ].join(', '),
  });
}

export function findingCounts({ findings }: FindingsAnswer) {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { level } of findings) {
    counts[level] += 1;
  }
  return counts;
}
