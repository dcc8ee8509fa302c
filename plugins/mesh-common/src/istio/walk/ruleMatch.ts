import { RE2JS } from '@bufbuild/re2';
import { RouteCondition, RouteRule } from '../../contract/routing';
import { lowerCase } from './headers';

/** A request as the conditions of effective routes see it. */
export interface MatchedRequest {
  method: string;
  /** With the query. */
  path: string;
  /** Host header. */
  authority: string;
  headers: Readonly<Record<string, string>>;
}

/**
 * Whether a rule takes a request: one of its alternatives does, with all its conditions. Undefined where a condition
 * is about what is not known of it. `elements`: prefixes end at slashes, as the Gateway API has them.
 */
export function takes(
  { matches, neverMatches }: Pick<RouteRule, 'matches' | 'neverMatches'>,
  request: MatchedRequest,
  elements: boolean,
): boolean | undefined {
  if (neverMatches) {
    return false;
  }
  if (matches.length === 0) {
    return true;
  }
  const each = matches.map(conditions =>
    all(conditions.map(one => holds(one, request, elements))),
  );
  if (each.includes(true)) {
    return true;
  }
  return each.includes(undefined) ? undefined : false;
}

function all(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) {
    return false;
  }
  return answers.includes(undefined) ? undefined : true;
}

function holds(
  condition: RouteCondition,
  request: MatchedRequest,
  elements: boolean,
): boolean | undefined {
  const { subject, name = '' } = condition;
  const [path, query = ''] = request.path.split(/\?(.*)/s);
  const headers = lowerCase(request.headers);
  switch (subject) {
    case 'path':
      return elements && condition.operator === 'prefix'
        ? withinPath(path, condition.value ?? '/')
        : compares(condition, path);
    case 'method':
      return compares(condition, request.method);
    case 'authority':
      return compares(condition, request.authority);
    case 'scheme':
      return compares(condition, 'http');
    case 'header':
      return compares(condition, headers[name.toLowerCase()]);
    case 'without-header':
      return !compares(condition, headers[name.toLowerCase()]);
    case 'query':
      return compares(
        condition,
        new URLSearchParams(query).get(name) ?? undefined,
      );
    case 'grpc-service':
      return compares(condition, path.split('/')[1]);
    case 'grpc-method':
      return compares(condition, path.split('/')[2]);
    default:
      return undefined;
  }
}

function withinPath(path: string, prefix: string): boolean {
  const plain = prefix.replace(/\/$/, '');
  return path === plain || path.startsWith(`${plain}/`);
}

function compares(
  { operator, value = '', ignoreCase = false }: RouteCondition,
  actual: string | undefined,
): boolean {
  if (actual === undefined) {
    return false;
  }
  const [a, b] = ignoreCase
    ? [actual.toLowerCase(), value.toLowerCase()]
    : [actual, value];
  switch (operator) {
    case 'exact':
      return a === b;
    case 'prefix':
      return a.startsWith(b);
    case 'regex':
      return matchesFully(value, actual);
    default:
      return true;
  }
}

/** As Envoy does, with RE2 and the whole text; an expression that it would refuse matches nothing. */
function matchesFully(expression: string, text: string): boolean {
  try {
    return RE2JS.matches(expression, text);
  } catch {
    return false;
  }
}
