import { portTextComplaint } from './authorizationOperation';
import {
  addressBlockComplaint,
  emptyComplaint,
  serviceAccounts,
  wildcardComplaint,
} from './authorizationSource';
import { Field } from '../../validation/Field';
import {
  Complaint,
  Problems,
  refused,
  refusedFor,
} from '../../validation/report';

/** What the values of a condition have to be, by its key. */
const VALUE_RULES: Readonly<
  Record<string, (text: string, key: string) => Complaint>
> = {
  'source.ip': addressBlockComplaint,
  'remote.ip': addressBlockComplaint,
  'destination.ip': addressBlockComplaint,
  'destination.port': portTextComplaint,
  'source.trustDomain': wildcardComplaint,
  'source.namespace': emptyComplaint,
  'source.principal': emptyComplaint,
  'source.serviceAccount': emptyComplaint,
  'request.auth.principal': emptyComplaint,
  'request.auth.audiences': emptyComplaint,
  'request.auth.presenter': emptyComplaint,
  'connection.sni': emptyComplaint,
};

/** Keys that go on with a name in brackets. */
const NAMED =
  /^(?:request\.headers|request\.auth\.claims|experimental\.envoy\.filters\.)/;

/** The lists of a condition, and what istiod calls a value of each. */
const LISTS = [
  ['values', 'value'],
  ['notValues', 'notValue'],
] as const;

/**
 * `when` of a rule: a key that Istio knows, with values (istio/istio pkg/config/security/security.go:
 * ValidateAttribute).
 */
export function* conditionProblems(condition: Field): Problems {
  const key = condition.get('key');
  if (key.text === '') {
    yield refused(key, '`key` must not be empty');
    return;
  }
  if (LISTS.every(([list]) => condition.get(list).items.length === 0)) {
    yield refused(
      condition,
      `at least one of \`values\` or \`notValues\` must be set for key ${key.text}`,
    );
    return;
  }
  const complaint = keyComplaint(key.text);
  for (const [list, what] of LISTS) {
    const prefix = `invalid \`${what}\` for \`key\` ${key.text}:`;
    if (complaint && condition.get(list).items.length > 0) {
      yield refused(key, `${prefix} ${complaint}`);
    } else if (!complaint) {
      for (const problem of valueProblems(condition.get(list), key.text)) {
        yield { ...problem, message: `${prefix} ${problem.message}` };
      }
    }
  }
}

function* valueProblems(list: Field, key: string): Problems {
  if (key === 'source.serviceAccount') {
    yield* serviceAccounts(list, key);
    return;
  }
  const rule = Object.hasOwn(VALUE_RULES, key)
    ? VALUE_RULES[key]
    : emptyComplaint;
  for (const item of list.items) {
    yield* refusedFor(item, rule(item.text, key));
  }
}

function keyComplaint(key: string): Complaint {
  if (Object.hasOwn(VALUE_RULES, key)) {
    return undefined;
  }
  if (NAMED.test(key)) {
    return /^[^[]+\[.+\]$/s.test(key)
      ? undefined
      : `bad key (${key}): should have format a[b]`;
  }
  if (key === 'destination.namespace') {
    return `attribute ${key} is replaced by the metadata.namespace`;
  }
  if (key.startsWith('destination.labels')) {
    return `attribute ${key} is replaced by the workload selector`;
  }
  return key === 'destination.name' || key === 'destination.user'
    ? `deprecated attribute ${key}: only supported in v1alpha1`
    : `unknown attribute: ${key}`;
}
