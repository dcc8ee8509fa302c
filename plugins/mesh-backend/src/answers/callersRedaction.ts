import {
  CallCondition,
  CallConditions,
  CallDecision,
  Caller,
  CallRule,
  Reason,
  WorkloadCallers,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { Shown, shownAs, Visibility } from './visibility';

type Owners = readonly string[];

/** An answer, and whose the workloads are that it names. */
export interface OwnedCallers {
  callers: WorkloadCallers;
  ownersOf(workload: WorkloadRef): Owners;
  ownersOfIdentity(identity: string): Owners;
  ownersOfAccount(namespace: string, account: string): Owners;
}

/** What replaces a name that the reader may not see. */
const HIDDEN = '(an identity that you may not see)';

/** The entities that the callers in an answer stand for. */
export function callerRefs(owned: OwnedCallers): string[] {
  return owned.callers.callers.flatMap(caller => [...refsOf(owned, caller)]);
}

/** The entities whose identities or accounts the rules in an answer write literally. */
export function namedRefs(owned: OwnedCallers): string[] {
  return namesIn(owned.callers).flatMap(name => [...ownersOfName(owned, name)]);
}

function refsOf(owned: OwnedCallers, caller: Caller): Owners {
  const { entityRef, workload, identity } = caller;
  return [
    ...(entityRef ? [entityRef] : []),
    ...(workload ? owned.ownersOf(workload) : []),
    ...(!workload && identity ? owned.ownersOfIdentity(identity) : []),
  ];
}

/** An identity, or an account of a namespace, that a rule writes literally. */
interface Name {
  text: string;
  /** Of an account that is written without its namespace. */
  namespace?: string;
  isAccount: boolean;
}

function namesIn({ ports, callers }: WorkloadCallers): Name[] {
  const ofRules = ports.flatMap(({ rules }) =>
    rules.flatMap(({ from, requests, reason }) =>
      [...from, ...requests]
        .flat()
        .flatMap(condition => namesOf(condition, reason.object?.namespace)),
    ),
  );
  const ofDecisions = callers.flatMap(caller =>
    caller.ports.flatMap(({ decision }) =>
      [...decision.allowedWhen, ...decision.deniedWhen]
        .flat()
        .flatMap(condition => namesOf(condition, undefined)),
    ),
  );
  return [...ofRules, ...ofDecisions];
}

function namesOf(
  { subject, values }: CallCondition,
  namespace: string | undefined,
): Name[] {
  if (subject !== 'identity' && subject !== 'service-account') {
    return [];
  }
  // A pattern names nobody in particular.
  return values
    .filter(text => !text.includes('*'))
    .map(text => ({
      text,
      isAccount: subject === 'service-account',
      ...(namespace && { namespace }),
    }));
}

function ownersOfName(
  owned: OwnedCallers,
  { text, namespace, isAccount }: Name,
): Owners {
  if (!isAccount) {
    return owned.ownersOfIdentity(text);
  }
  const [place, account] = text.includes('/')
    ? text.split('/', 2)
    : [namespace ?? '', text];
  return owned.ownersOfAccount(place, account);
}

/**
 * Counts the callers that the reader may not see instead of naming them, and the identities and accounts in
 * rules that belong to nobody whom they may see. The decisions themselves stay.
 */
export function redactCallers(
  owned: OwnedCallers,
  visibility: Visibility,
): WorkloadCallers {
  const { callers } = owned;
  if (visibility.all) {
    return {
      ...callers,
      callers: callers.callers.map(caller =>
        withEntity(caller, shownAs(visibility, refsOf(owned, caller))),
      ),
    };
  }
  const shown = callers.callers.map(caller => {
    const as: Shown = caller.class
      ? { shown: true }
      : shownAs(visibility, refsOf(owned, caller));
    return { caller, as };
  });
  const hidden = hiddenNames(
    owned,
    visibility,
    shown.filter(({ as }) => !as.shown).map(({ caller }) => caller),
  );
  const visible = new Set(
    shown.flatMap(({ caller, as }) =>
      as.shown && caller.identity ? [caller.identity] : [],
    ),
  );
  visible.forEach(identity => hidden.delete(identity));
  return {
    ...callers,
    ports: callers.ports.map(port => ({
      ...port,
      rules: port.rules.map(rule => redactRule(rule, hidden)),
    })),
    callers: shown.flatMap(({ caller, as }) =>
      as.shown ? [redactCaller(withEntity(caller, as), hidden)] : [],
    ),
    hiddenCallers:
      callers.hiddenCallers + shown.filter(({ as }) => !as.shown).length,
  };
}

/** The names in an answer that the reader may not see; none for those who may see all. */
export function namesHiddenIn(
  owned: OwnedCallers,
  visibility: Visibility,
): Set<string> {
  return visibility.all ? new Set() : hiddenNames(owned, visibility, []);
}

function hiddenNames(
  owned: OwnedCallers,
  visibility: Visibility,
  hiddenCallers: readonly Caller[],
): Set<string> {
  return new Set([
    ...hiddenCallers.flatMap(({ identity }) => identity ?? []),
    ...namesIn(owned.callers)
      .filter(
        name => !shownAs(visibility, [...ownersOfName(owned, name)]).shown,
      )
      .map(({ text }) => text),
  ]);
}

function withEntity({ entityRef: _, ...caller }: Caller, as: Shown): Caller {
  return as.shown && as.entityRef !== undefined
    ? { ...caller, entityRef: as.entityRef }
    : caller;
}

function redactRule(rule: CallRule, hidden: ReadonlySet<string>): CallRule {
  return {
    ...rule,
    from: redactConditions(rule.from, hidden),
    requests: redactConditions(rule.requests, hidden),
    reason: hideNames(rule.reason, hidden),
  };
}

function redactCaller(caller: Caller, hidden: ReadonlySet<string>): Caller {
  return {
    ...caller,
    ports: caller.ports.map(({ port, decision }) => ({
      port,
      decision: redactDecision(decision, hidden),
    })),
  };
}

/** A decision without the names that the reader may not see. */
export function redactDecision(
  { mayDiffer, ...decision }: CallDecision,
  hidden: ReadonlySet<string>,
): CallDecision {
  return {
    ...decision,
    allowedWhen: redactConditions(decision.allowedWhen, hidden),
    deniedWhen: redactConditions(decision.deniedWhen, hidden),
    reasons: decision.reasons.map(reason => hideNames(reason, hidden)),
    ...(mayDiffer && {
      mayDiffer: mayDiffer.map(reason => hideNames(reason, hidden)),
    }),
  };
}

/** Conditions without the names that the reader may not see. */
export function redactConditions(
  conditions: CallConditions,
  hidden: ReadonlySet<string>,
): CallConditions {
  return conditions.map(all =>
    all.map(condition => {
      if (
        condition.subject !== 'identity' &&
        condition.subject !== 'service-account'
      ) {
        return condition;
      }
      const values = condition.values.filter(value => !hidden.has(value));
      const count = condition.values.length - values.length;
      return count === 0
        ? condition
        : { ...condition, values, hidden: (condition.hidden ?? 0) + count };
    }),
  );
}

/** What is no part of a longer name: `spiffe://` and the like may stand before one, and a full stop after it. */
const BEFORE = String.raw`(?<![\p{L}\p{N}_-]|[\p{L}\p{N}_-]\.)`;
const AFTER = String.raw`(?![\p{L}\p{N}_-]|[./:@][\p{L}\p{N}_-])`;

/** Replaces the names in the sentence of a reason, where they stand as names and not within others. */
export function hideNames(reason: Reason, hidden: ReadonlySet<string>): Reason {
  // An identity without a name hides nothing.
  const names = [...hidden].filter(name => name !== '');
  if (names.length === 0) {
    return reason;
  }
  // All at once, so that none is looked for in what replaces another; the longest first, since one may begin like another.
  const anyName = names
    .sort((a, b) => b.length - a.length)
    .map(escapeRegExp)
    .join('|');
  const text = reason.text.replace(
    new RegExp(`${BEFORE}(?:${anyName})${AFTER}`, 'gu'),
    HIDDEN,
  );
  return text === reason.text ? reason : { ...reason, text };
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
