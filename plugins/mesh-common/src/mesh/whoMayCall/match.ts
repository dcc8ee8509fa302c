import { CallCondition, CallConditions } from '../../contract/callDecision';

/** Whether a rule matches a call of which not everything may be known: then it depends, and on what. */
export type Match =
  | { value: 'yes' }
  | { value: 'no' }
  | { value: 'depends'; when: CallConditions };

export const YES: Match = { value: 'yes' };
export const NO: Match = { value: 'no' };

/** It depends on one condition. */
export function depends(condition: CallCondition): Match {
  return { value: 'depends', when: [[condition]] };
}

/** All must match. */
export function allOf(matches: readonly Match[]): Match {
  let when: CallConditions | undefined;
  for (const match of matches) {
    if (match.value === 'no') {
      return NO;
    }
    if (match.value === 'depends') {
      when = when ? bothOf(when, match.when) : match.when;
    }
  }
  return when ? { value: 'depends', when } : YES;
}

/** One of them must match. */
export function anyOf(matches: readonly Match[]): Match {
  if (matches.some(({ value }) => value === 'yes')) {
    return YES;
  }
  const when = matches.flatMap(match =>
    match.value === 'depends' ? match.when : [],
  );
  return when.length > 0 ? { value: 'depends', when: distinct(when) } : NO;
}

/** The alternatives of two lists that must both be met. */
export function bothOf(a: CallConditions, b: CallConditions): CallConditions {
  return distinct(a.flatMap(left => b.map(right => [...left, ...right])));
}

function distinct(alternatives: CallConditions): CallConditions {
  return [
    ...new Map(alternatives.map(one => [JSON.stringify(one), one])).values(),
  ];
}

/**
 * Whether a list of values and a list of excluded values match, given a test of one value: true, false, or
 * undefined where the fact that it asks for is not known.
 */
export function matchValues(
  condition: Pick<CallCondition, 'subject' | 'name'>,
  values: readonly string[] | undefined,
  excluded: readonly string[] | undefined,
  test: (value: string) => boolean | undefined,
): Match {
  return allOf([
    values?.length ? includes(condition, values, test) : YES,
    excluded?.length ? excludes(condition, excluded, test) : YES,
  ]);
}

function includes(
  condition: Pick<CallCondition, 'subject' | 'name'>,
  values: readonly string[],
  test: (value: string) => boolean | undefined,
): Match {
  if (values.some(value => test(value) === true)) {
    return YES;
  }
  const open = values.filter(value => test(value) === undefined);
  return open.length === 0
    ? NO
    : depends({ ...condition, operator: 'in', values: open });
}

function excludes(
  condition: Pick<CallCondition, 'subject' | 'name'>,
  values: readonly string[],
  test: (value: string) => boolean | undefined,
): Match {
  if (values.some(value => test(value) === true)) {
    return NO;
  }
  const open = values.filter(value => test(value) === undefined);
  return open.length === 0
    ? YES
    : depends({ ...condition, operator: 'not-in', values: open });
}
