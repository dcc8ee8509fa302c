import { escapeRegex } from '../mesh/escapeRegex';

/*
 * PromQL is written here and nowhere else, so that names of objects (which authors choose) can never be
 * more than values in an expression.
 */

/** A condition on a label. A label that a series does not have counts as empty. */
export interface LabelMatcher {
  label: string;
  operator: '=' | '!=' | '=~' | '!~';
  value: string;
}

/** The label has this value. */
export function is(label: string, value: string): LabelMatcher {
  return { label, operator: '=', value };
}

/** The label has another value, or is not there. */
export function isNot(label: string, value: string): LabelMatcher {
  return { label, operator: '!=', value };
}

/**
 * The label has one of these values. Prometheus anchors regular expressions at both ends. At least one
 * value is needed: no alternative would match every series that lacks the label.
 */
export function isOneOf(label: string, values: Iterable<string>): LabelMatcher {
  const distinct = [...new Set(values)].sort();
  if (distinct.length === 0) {
    throw new TypeError(`A matcher of ${label} needs at least one value`);
  }
  return distinct.length === 1
    ? is(label, distinct[0])
    : { label, operator: '=~', value: distinct.map(escapeRegex).join('|') };
}

/** Matchers of equality, such as those that every selector gets in a store that clusters share. */
export function areEqual(
  matchers: Readonly<Record<string, string>>,
): LabelMatcher[] {
  return Object.entries(matchers).map(([label, value]) => is(label, value));
}

/** An instant vector selector: `metric{label="value",…}`. */
export function selector(
  metric: string,
  matchers: readonly LabelMatcher[],
): string {
  const conditions = matchers.map(
    ({ label, operator, value }) =>
      `${checkedLabel(label)}${operator}${quote(value)}`,
  );
  return `${checkedMetric(metric)}{${conditions.join(',')}}`;
}

/** The increase of the counters that a selector selects over a window, summed up by these labels. */
export function increaseBy(
  labels: readonly string[],
  series: string,
  windowSeconds: number,
): string {
  if (!Number.isSafeInteger(windowSeconds) || windowSeconds <= 0) {
    throw new TypeError(
      `A window is a whole number of seconds above 0, not ${windowSeconds}`,
    );
  }
  return `sum by (${labels
    .map(checkedLabel)
    .join(', ')}) (increase(${series}[${windowSeconds}s]))`;
}

/** The gauges that a selector selects, as they are now, summed up by these labels. */
export function sumBy(labels: readonly string[], series: string): string {
  return `sum by (${labels.map(checkedLabel).join(', ')}) (${series})`;
}

/** The smallest of the gauges that a selector selects, as they are now, by these labels. */
export function minBy(labels: readonly string[], series: string): string {
  return `min by (${labels.map(checkedLabel).join(', ')}) (${series})`;
}

/** When gauges that count seconds down will be through, in seconds since the epoch: each by the time of its scrape. */
export function endOfCountdown(series: string): string {
  return `timestamp(${series}) + ${series}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function quote(value: string): string {
  // Other control characters have no place in the names of objects, yet must not end the string.
  // eslint-disable-next-line no-control-regex
  return `"${value.replace(/[\\"\u0000-\u001f\u007f]/g, character => {
    const known = ESCAPES[character];
    return (
      known ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
    );
  })}"`;
}

function checkedLabel(label: string): string {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) {
    throw new TypeError(`${JSON.stringify(label)} is no label name`);
  }
  return label;
}

function checkedMetric(metric: string): string {
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(metric)) {
    throw new TypeError(`${JSON.stringify(metric)} is no metric name`);
  }
  return metric;
}
