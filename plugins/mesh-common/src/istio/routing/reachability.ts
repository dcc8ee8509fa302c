import { Reason } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { Alternative, covers, matchesAll } from './coverage';
import { ChosenRule } from './select';
import { isGatewayApi, objectReason, ruleName } from './source';

const RULE = 'istio/unreachable-rule';

/** Which rules never get a request, and whether the rules leave any request over. */
export interface Reachability {
  /** By index of the rule. */
  never: ReadonlyMap<number, Reason>;
  /** Whether a rule matches everything. */
  complete: boolean;
}

/**
 * Rules are tried in turn, and the first that matches is taken: one whose every alternative is covered by
 * some alternative of an earlier rule never gets a request.
 */
export function reachability(
  snapshot: MeshSnapshot,
  rules: readonly ChosenRule[],
): Reachability {
  const never = new Map<number, Reason>();
  const earlier: { rule: ChosenRule; alternative: Alternative }[] = [];
  rules.forEach((rule, index) => {
    const reason = rule.never
      ? objectReason(
          snapshot,
          rule.rule.written,
          RULE,
          rule.never,
          `${rule.rule.written.field}.match`,
        )
      : takenBefore(snapshot, rule, earlier);
    if (reason) {
      never.set(index, reason);
    }
    earlier.push(
      ...alternativesOf(rule).map(alternative => ({ rule, alternative })),
    );
  });
  return {
    never,
    complete: earlier.some(({ alternative }) => matchesAll(alternative)),
  };
}

function takenBefore(
  snapshot: MeshSnapshot,
  rule: ChosenRule,
  earlier: readonly { rule: ChosenRule; alternative: Alternative }[],
): Reason | undefined {
  const takers = alternativesOf(rule).map(
    alternative =>
      earlier.find(entry => covers(entry.alternative, alternative))?.rule,
  );
  const [first] = takers;
  if (!first || takers.some(taker => taker === undefined)) {
    return undefined;
  }
  const names = [
    ...new Set(takers.map(taker => taker && ruleName(taker.rule))),
  ];
  return objectReason(
    snapshot,
    first.rule.written,
    RULE,
    `${names.join(' and ')} ${
      names.length === 1 ? 'takes' : 'take'
    } every request that this rule would match`,
    first.rule.written.field,
  );
}

function alternativesOf({ rule, alternatives }: ChosenRule): Alternative[] {
  const bySegments = isGatewayApi(rule);
  return alternatives.map(({ match }) => ({
    // With gateways named, the labels of clients do not count.
    match: match.gateways?.length ? { ...match, sourceLabels: {} } : match,
    bySegments,
  }));
}
