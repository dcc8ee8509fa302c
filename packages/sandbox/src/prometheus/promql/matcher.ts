import type { Matcher } from './ast';
import { BadQuery, unsupported } from './errors';

/**
 * A label matcher. Regular expressions match the whole value, and a missing label is the empty text.
 */
export function createMatcher(
  label: string,
  operator: Matcher['operator'],
  value: string,
): Matcher {
  return { label, operator, value, matches: predicate(operator, value) };
}

function predicate(
  operator: Matcher['operator'],
  value: string,
): (candidate: string) => boolean {
  switch (operator) {
    case '=':
      return candidate => candidate === value;
    case '!=':
      return candidate => candidate !== value;
    case '=~': {
      const regex = compile(value);
      return candidate => regex.test(candidate);
    }
    default: {
      const regex = compile(value);
      return candidate => !regex.test(candidate);
    }
  }
}

/** Prometheus uses RE2: what JavaScript knows beyond it is refused, and what RE2 knows beyond JavaScript is named. */
function compile(pattern: string): RegExp {
  if (/\(\?(?:=|!|<=|<!)/.test(pattern) || /\\[1-9]/.test(pattern)) {
    throw new BadQuery(
      `error parsing regexp: invalid or unsupported Perl syntax: \`${pattern}\``,
    );
  }
  if (/\(\?[a-zA-Z-]+[:)]|\(\?P<|\\[AzQECpP]|\[\[:/.test(pattern)) {
    throw unsupported(`the regular expression ${JSON.stringify(pattern)}`);
  }
  try {
    return new RegExp(`^(?:${pattern})$`, 's');
  } catch (error) {
    throw new BadQuery(
      `error parsing regexp: ${error instanceof Error ? error.message : error}`,
    );
  }
}
