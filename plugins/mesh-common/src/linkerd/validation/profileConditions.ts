import { isJsonObject } from '../../kubernetes/jsonValues';
import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';

/**
 * A condition on requests must have a field set; an empty list is one (linkerd2 pkg/profiles/profiles.go:
 * `ValidateRequestMatch`).
 */
export function requestCondition(condition: Field): Problems {
  return conditionTree(condition, {
    words: 'A request match must have a field set',
    leaves: ['method', 'pathRegex'],
  });
}

/** A condition on answers likewise, and its status codes are a range from 100 to 599 (`ValidateResponseMatch`). */
export function responseCondition(condition: Field): Problems {
  return conditionTree(condition, {
    words: 'A response match must have a field set',
    leaves: ['status'],
    leaf: statusRange,
  });
}

interface ConditionKind {
  words: string;
  leaves: readonly string[];
  leaf?(condition: Field): Problems;
}

function* conditionTree(condition: Field, kind: ConditionKind): Problems {
  const isSet = (name: string) =>
    condition.get(name).exists && condition.get(name).value !== '';
  if (![...kind.leaves, 'all', 'any', 'not'].some(isSet)) {
    yield refused(condition, kind.words);
  }
  if (kind.leaf) {
    yield* kind.leaf(condition);
  }
  for (const name of ['all', 'any']) {
    for (const item of condition.get(name).items) {
      if (isJsonObject(item.value)) {
        yield* conditionTree(item, kind);
      } else {
        yield refused(item, `null condition "${name}"`);
      }
    }
  }
  if (condition.get('not').exists) {
    yield* conditionTree(condition.get('not'), kind);
  }
}

const LOWEST = 100;
const HIGHEST = 599;

function* statusRange(condition: Field): Problems {
  const status = condition.get('status');
  for (const [name, what] of [
    ['min', 'minimum'],
    ['max', 'maximum'],
  ]) {
    const code = status.get(name).number;
    if (code !== 0 && (code < LOWEST || code > HIGHEST)) {
      yield refused(
        status.get(name),
        `Range ${what} must be between ${LOWEST} and ${HIGHEST}, inclusive`,
      );
    }
  }
  const max = status.get('max').number;
  if (max !== 0 && max < status.get('min').number) {
    yield refused(
      status.get('max'),
      'Range maximum cannot be smaller than minimum',
    );
  }
}
