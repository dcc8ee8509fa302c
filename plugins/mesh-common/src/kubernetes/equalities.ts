import { LabelSelector } from './objects';

/** The labels that a selector asks for by one value, by which candidates are looked up rather than all objects tried. */
export function equalitiesOf({
  matchLabels,
  matchExpressions = [],
}: LabelSelector): Record<string, string> {
  return {
    ...Object.fromEntries(
      matchExpressions.flatMap(({ key, operator, values = [] }) =>
        operator === 'In' && values.length === 1 ? [[key, values[0]]] : [],
      ),
    ),
    ...matchLabels,
  };
}
