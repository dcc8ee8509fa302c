import { LabelSelector } from '../../kubernetes/objects';

/**
 * A label selector as kubectl writes it: `a=b,c in (d,e),!f`. Empty for one that selects everything.
 *
 * Upstream: apimachinery, pkg/apis/meta/v1, `FormatLabelSelector`.
 */
export function selectorText(selector: LabelSelector | undefined): string {
  const equal = Object.entries(selector?.matchLabels ?? {}).map(
    ([key, value]) => `${key}=${value}`,
  );
  const expressions = (selector?.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) => {
      switch (operator) {
        case 'Exists':
          return key;
        case 'DoesNotExist':
          return `!${key}`;
        default:
          return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(
            ',',
          )})`;
      }
    },
  );
  return [...equal, ...expressions].join(',');
}
