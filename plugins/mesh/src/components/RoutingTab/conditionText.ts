import { RouteCondition } from 'backstage-plugin-mesh-common';
import { MeshTranslate } from '../../translation';

/** A condition on a request in words: `path starts with /reviews`. */
export function conditionText(
  t: MeshTranslate,
  condition: RouteCondition,
): string {
  const { subject, name = '', operator, value = '', ignoreCase } = condition;
  const text = words(t, subjectText(t, subject, name), condition, value);
  return ignoreCase && operator !== 'present'
    ? `${text} (${t('routing.condition.ignoreCase')})`
    : text;
}

function subjectText(
  t: MeshTranslate,
  subject: RouteCondition['subject'],
  name: string,
): string {
  switch (subject) {
    case 'header':
    case 'without-header':
    case 'query':
      return t(`routing.condition.${subject}`, { name });
    default:
      return t(`routing.condition.${subject}`);
  }
}

function words(
  t: MeshTranslate,
  subject: string,
  { subject: kind, operator }: RouteCondition,
  value: string,
): string {
  if (kind === 'without-header') {
    switch (operator) {
      case 'exact':
        return t('routing.condition.withoutExact', { subject, value });
      case 'prefix':
        return t('routing.condition.withoutPrefix', { subject, value });
      case 'regex':
        return t('routing.condition.withoutRegex', { subject, value });
      default:
        return t('routing.condition.absent', { subject });
    }
  }
  return operator === 'present'
    ? t('routing.condition.present', { subject })
    : t(`routing.condition.${operator}`, { subject, value });
}
