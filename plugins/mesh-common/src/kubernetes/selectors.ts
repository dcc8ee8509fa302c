import { LabelSelector } from './objects';

/**
 * The value of a label; labels may be called what JavaScript's objects inherit, such as `constructor`.
 *
 * @public
 */
export function labelOf(
  labels: Readonly<Record<string, string>>,
  key: string,
): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/**
 * Whether all the wanted labels are there with these values; an empty set of wanted labels is.
 *
 * @public
 */
export function hasLabels(
  labels: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted).every(
    ([key, value]) => labelOf(labels, key) === value,
  );
}

/**
 * Kubernetes' label selector semantics: requirements are ANDed, `NotIn` and `DoesNotExist` match where
 * the key is absent, an empty selector matches everything and an absent one nothing.
 *
 * @public
 */
export function matchesSelector(
  labels: Readonly<Record<string, string>>,
  selector: LabelSelector | undefined,
): boolean {
  if (!selector) {
    return false;
  }
  return (
    hasLabels(labels, selector.matchLabels ?? {}) &&
    (selector.matchExpressions ?? []).every(requirement => {
      const value = labelOf(labels, requirement.key);
      const values = requirement.values ?? [];
      switch (requirement.operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          throw new TypeError(
            `Unknown label selector operator ${requirement.operator}`,
          );
      }
    })
  );
}

/**
 * A label selector that is not written as Kubernetes has it.
 *
 * @public
 */
export class SelectorSyntaxError extends Error {
  override name = 'SelectorSyntaxError';
}

/**
 * Parses a label selector in its string form, as `kubectl -l` and the annotation
 * `backstage.io/kubernetes-label-selector` have it: `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
 * Throws SelectorSyntaxError that names the part that cannot be read.
 *
 * @public
 */
export function parseSelector(text: string): LabelSelector {
  const matchExpressions: NonNullable<LabelSelector['matchExpressions']> = [];
  for (const part of splitRequirements(text)) {
    matchExpressions.push(parseRequirement(part, text));
  }
  return { matchExpressions };
}

type Requirement = NonNullable<LabelSelector['matchExpressions']>[number];

const KEY = String.raw`[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?`;
const VALUE = String.raw`(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?`;
const EQUALITY = new RegExp(`^(${KEY})\\s*(==|=|!=)\\s*(${VALUE})$`);
const SET = new RegExp(
  `^(${KEY})\\s+(in|notin)\\s*\\(\\s*(${VALUE}(?:\\s*,\\s*${VALUE})*)\\s*\\)$`,
);
const EXISTENCE = new RegExp(`^(!?)\\s*(${KEY})$`);

function parseRequirement(part: string, whole: string): Requirement {
  const equality = EQUALITY.exec(part);
  if (equality) {
    const [, key, operator, value] = equality;
    return {
      key,
      operator: operator === '!=' ? 'NotIn' : 'In',
      values: [value],
    };
  }
  const set = SET.exec(part);
  if (set) {
    const [, key, operator, values] = set;
    return {
      key,
      operator: operator === 'in' ? 'In' : 'NotIn',
      values: values.split(',').map(value => value.trim()),
    };
  }
  const existence = EXISTENCE.exec(part);
  if (existence) {
    const [, not, key] = existence;
    return { key, operator: not ? 'DoesNotExist' : 'Exists' };
  }
  throw new SelectorSyntaxError(
    `"${part}" in the label selector "${whole}" is none of key=value, key!=value, key in (a,b), key notin (a,b), key, !key`,
  );
}

/** Splits at the commas that are not inside parentheses. */
function splitRequirements(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(part => part !== '');
}
