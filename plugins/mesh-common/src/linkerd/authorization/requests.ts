import { CallCondition } from '../../contract/callDecision';
import { RouteCondition } from '../../contract/routing';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { allOf, depends, Match, NO, YES } from '../../mesh/whoMayCall/match';
import { findsWhole } from '../findsWhole';
import { RouteMatch } from '../rankedMatches';

/** Whether a call fits one match of a route. */
export function fitsMatch(
  { conditions, callsOnly }: RouteMatch,
  facts: CallFacts,
): Match {
  return callsOnly && !mayBeGrpc(facts)
    ? NO
    : matchesConditions(conditions, facts);
}

/**
 * Calls of gRPC are POST requests for a service and a method.
 *
 * Upstream: linkerd2-proxy, linkerd/http/route/src/grpc/match.rs, `match_request`.
 */
export function mayBeGrpc({
  method = 'POST',
  path = '/service/method',
}: CallFacts) {
  return method === 'POST' && /^\/[^/?]*\//.test(path);
}

/** Whether a call meets all conditions of one match of a route. */
export function matchesConditions(
  conditions: readonly RouteCondition[],
  facts: CallFacts,
): Match {
  return allOf(
    conditions.map(condition => {
      const met = isMet(condition, facts);
      if (met === undefined) {
        return depends(asCallCondition(condition));
      }
      return met ? YES : NO;
    }),
  );
}

/** A condition of a route in the words of conditions on calls. */
export function asCallCondition({
  subject,
  name,
  operator,
  value = '',
}: RouteCondition): CallCondition {
  const words: Partial<
    Record<RouteCondition['subject'], CallCondition['subject']>
  > = {
    path: 'path',
    method: 'method',
    authority: 'host',
    header: 'header',
    query: 'query',
    'grpc-service': 'path',
    'grpc-method': 'path',
  };
  return {
    subject: words[subject] ?? 'other',
    ...((name ?? words[subject] === undefined) && { name: name ?? subject }),
    operator: 'in',
    values: [written(subject, operator, value)],
  };
}

function written(
  subject: RouteCondition['subject'],
  operator: RouteCondition['operator'],
  value: string,
): string {
  switch (subject) {
    case 'grpc-service':
      return `/${value}/*`;
    case 'grpc-method':
      return `*/${value}`;
    default:
      break;
  }
  if (operator === 'prefix') {
    return `${value.replace(/\/$/, '')}/*`;
  }
  return operator === 'regex' ? `~${value}` : value;
}

function isMet(
  condition: RouteCondition,
  facts: CallFacts,
): boolean | undefined {
  return textsOf(condition, facts)?.some(text => matches(condition, text));
}

/** What a condition looks at; none where the call has none of it, undefined where that is not known. */
function textsOf(
  { subject, name = '', value = '' }: RouteCondition,
  { method, path, host, headers }: CallFacts,
): string[] | undefined {
  const known = (text: string | undefined) =>
    text === undefined ? undefined : [text];
  const plain = path?.split('?', 1)[0];
  const [, ...segments] = plain?.split('/') ?? [];
  switch (subject) {
    case 'path':
      return known(plain);
    case 'method':
      return known(method);
    case 'authority':
      return known(host && hostOf(host, value));
    case 'header': {
      const found = headers?.[name.toLowerCase()];
      return headers && (found === undefined ? [] : [found]);
    }
    case 'query':
      return path === undefined
        ? undefined
        : // A question mark that begins the query itself is a part of the first name.
          new URLSearchParams(`?${queryOf(path)}`).getAll(name);
    case 'grpc-service':
      return plain === undefined ? undefined : segments.slice(0, 1);
    case 'grpc-method':
      return plain === undefined ? undefined : segments.slice(1, 2);
    default:
      return undefined;
  }
}

function queryOf(path: string): string {
  const start = path.indexOf('?');
  return start < 0 ? '' : path.slice(start + 1);
}

/** Without the port, and without the dot at its end unless the pattern has one. */
function hostOf(host: string, pattern: string): string {
  const name = host.replace(/:\d+$/, '');
  return pattern.endsWith('.') ? name : name.replace(/\.$/, '');
}

function matches(
  { operator, value = '', ignoreCase }: RouteCondition,
  text: string,
): boolean {
  switch (operator) {
    case 'exact':
      return ignoreCase
        ? text.toLowerCase() === value.toLowerCase()
        : text === value;
    case 'prefix':
      return hasPrefix(text, value);
    case 'regex':
      return findsWhole(ignoreCase ? `(?i)${value}` : value, text);
    default:
      return true;
  }
}

/** Whether a path begins with the segments of another; slashes at their ends do not count. */
function hasPrefix(path: string, beginning: string): boolean {
  const prefix = beginning.replace(/\/+$/, '');
  return `${path.replace(/\/+$/, '')}/`.startsWith(`${prefix}/`);
}
