import { AuthorizationPolicy } from '../istio/objects';

type Rule = NonNullable<
  NonNullable<AuthorizationPolicy['spec']>['rules']
>[number];
export type RuleSource = NonNullable<
  NonNullable<Rule['from']>[number]['source']
>;
export type RuleOperation = NonNullable<
  NonNullable<Rule['to']>[number]['operation']
>;
export type RuleCondition = NonNullable<Rule['when']>[number];

/** A part of a policy's rules, and where it is. */
export interface RulePart<T> {
  part: T;
  field: string;
}

/** The callers that the rules of a policy are about. */
export function sourcesOf({
  spec,
}: AuthorizationPolicy): RulePart<RuleSource>[] {
  return (spec?.rules ?? []).flatMap(({ from = [] }, rule) =>
    from.flatMap(({ source }, index) =>
      source
        ? [{ part: source, field: `spec.rules[${rule}].from[${index}].source` }]
        : [],
    ),
  );
}

/** The requests that the rules of a policy are about. */
export function operationsOf({
  spec,
}: AuthorizationPolicy): RulePart<RuleOperation>[] {
  return (spec?.rules ?? []).flatMap(({ to = [] }, rule) =>
    to.flatMap(({ operation }, index) =>
      operation
        ? [
            {
              part: operation,
              field: `spec.rules[${rule}].to[${index}].operation`,
            },
          ]
        : [],
    ),
  );
}

/** The conditions of the rules of a policy. */
export function conditionsOf({
  spec,
}: AuthorizationPolicy): RulePart<RuleCondition>[] {
  return (spec?.rules ?? []).flatMap(({ when = [] }, rule) =>
    when.map((part, index) => ({
      part,
      field: `spec.rules[${rule}].when[${index}]`,
    })),
  );
}
