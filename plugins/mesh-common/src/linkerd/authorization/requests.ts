import { CallCondition } from '../../contract/callDecision';
import { RouteCondition } from '../../contract/routing';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { allOf, depends, Match, NO, YES } from '../../mesh/whoMayCall/match';

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
  const text = textOf(condition, facts);
  if (text === undefined) {
    return undefined;
  }
  return text !== null && matches(condition, text);
}

/** What a condition looks at; null where the call has none, undefined where that is not known. */
function textOf(
  { subject, name = '' }: RouteCondition,
  { method, path, host, headers }: CallFacts,
): string | null | undefined {
  const [plain, query] = path?.split('?', 2) ?? [];
  const [, service, call] = plain?.split('/') ?? [];
  switch (subject) {
    case 'path':
      return plain;
    case 'method':
      return method;
    case 'authority':
      return host?.replace(/:\d+$/, '');
    case 'header':
      return headers && (headers[name.toLowerCase()] ?? null);
    case 'query':
      return path === undefined
        ? undefined
        : new URLSearchParams(query ?? '').get(name);
    case 'grpc-service':
      return plain === undefined ? undefined : service ?? null;
    case 'grpc-method':
      return plain === undefined ? undefined : call ?? null;
    default:
      return undefined;
  }
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
    case 'prefix': {
      const prefix = value.replace(/\/$/, '');
      return text === prefix || text.startsWith(`${prefix}/`);
    }
    case 'regex':
      return fullMatch(value, text);
    default:
      return true;
  }
}

/** Routes with expressions that do not compile are not in force. */
function fullMatch(expression: string, text: string): boolean {
  return new RegExp(
    `^(?:${expression
      .replace(/\(\?[a-zA-Z-]+\)/g, '')
      .replace(/\(\?P</g, '(?<')})$`,
  ).test(text);
}
