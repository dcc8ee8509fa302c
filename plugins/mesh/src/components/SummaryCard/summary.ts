import { FindingsAnswer, RoutingAnswer } from 'backstage-plugin-mesh-common';
import { MeshTranslate } from '../../translation';

/** The routes in a line: how many rules there are, and the first one that splits requests. */
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
  return split
    ? `${text}, ${t('readiness.card.split', {
        shares: split.backends
          .map(({ percent }) => `${Math.round(percent)} %`)
          .join(' / '),
      })}`
    : text;
}

export function findingCounts({ findings }: FindingsAnswer) {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { level } of findings) {
    counts[level] += 1;
  }
  return counts;
}
