import {
  CallCondition,
  CallConditions,
  CallDecision,
} from 'backstage-plugin-mesh-common';
import { MeshTranslate } from '../../../translation';

/** Subjects whose values read well without saying what they are: `GET`, `/reviews/*`. */
const SELF_EVIDENT: ReadonlySet<CallCondition['subject']> = new Set([
  'identity',
  'method',
  'path',
]);

/** One condition, such as `GET or POST`, `not /admin`, `header x-team = shop`. */
export function conditionText(
  t: MeshTranslate,
  { subject, name = '', operator, values, hidden = 0 }: CallCondition,
): string {
  const all = [
    ...values,
    ...(hidden > 0 ? [t('callers.hiddenIdentities', { count: hidden })] : []),
  ].join(t('callers.or'));
  const text = SELF_EVIDENT.has(subject)
    ? all
    : t(`callers.subjects.${subject}`, { name, values: all }).trim();
  return operator === 'in' ? text : t('callers.not', { condition: text });
}

/** Alternatives as lines: all conditions of a line must hold. */
export function conditionLines(
  t: MeshTranslate,
  conditions: CallConditions,
): string[] {
  return conditions.map(all =>
    all.map(condition => conditionText(t, condition)).join(' · '),
  );
}

/** Which requests a decision lets in. */
export function requestLines(
  t: MeshTranslate,
  { value, allowedWhen, deniedWhen }: CallDecision,
): string[] {
  switch (value) {
    case 'allowed':
      return [t('callers.requests.all')];
    case 'denied':
      return [t('callers.requests.none')];
    case 'unknown':
      return [];
    default: {
      const lines =
        allowedWhen.length > 0
          ? conditionLines(t, allowedWhen)
          : [t('callers.requests.all')];
      return [
        ...lines,
        ...conditionLines(t, deniedWhen).map(condition =>
          t('callers.requests.except', { condition }),
        ),
      ];
    }
  }
}
