import { CallValue, ClientClass } from 'backstage-plugin-mesh-common';
import { MeshTranslate } from '../../../translation';
import { CallerRow } from './callerRows';

/** The answer first: whether everybody is let in, some are, or nobody; or that it is not known. */
export function callsSentence(
  t: MeshTranslate,
  rows: readonly CallerRow[],
): string {
  const known = rows.filter(({ caller }) => !caller.class);
  const classes = rows.filter(({ caller }) => caller.class);
  const may = (list: readonly CallerRow[], ...values: CallValue[]) =>
    list.filter(({ decision }) => values.includes(decision.value));
  const of = (name: ClientClass) =>
    classes.filter(({ caller }) => caller.class === name);
  if (classes.length > 0 && may(classes, 'allowed').length === classes.length) {
    return t('callers.sentence.everybody');
  }
  if (may(classes, 'unknown').length > 0) {
    return t('callers.sentence.unknown');
  }
  const callers = new Set(
    may(known, 'allowed', 'depends').map(({ caller }) =>
      JSON.stringify([caller.workload, caller.identity, caller.entityRef]),
    ),
  ).size;
  const outside = of('outside-mesh');
  if (may(classes, 'denied').length === classes.length) {
    return callers === 0
      ? t('callers.sentence.nobody')
      : t('callers.sentence.named', { count: callers });
  }
  return may(outside, 'denied').length === outside.length
    ? t('callers.sentence.mesh')
    : t('callers.sentence.some');
}
