import { RouteCondition } from '../contract/routing';
import { GRPCRoute, HTTPRouteRule } from './objects';

export type HTTPRouteMatch = NonNullable<HTTPRouteRule['matches']>[number];

export type GRPCRouteMatch = NonNullable<
  NonNullable<NonNullable<GRPCRoute['spec']>['rules']>[number]['matches']
>[number];

const OPERATORS = {
  Exact: 'exact',
  PathPrefix: 'prefix',
  RegularExpression: 'regex',
} as const;

type MatchType = keyof typeof OPERATORS;

/**
 * The conditions of one match of an HTTPRoute, for people. The path prefix `/`, which the schema fills in
 * where nothing is written, matches everything and is no condition.
 */
export function httpConditions(match: HTTPRouteMatch): RouteCondition[] {
  const conditions: RouteCondition[] = [];
  const { path, method, headers = [], queryParams = [] } = match;
  const operator = OPERATORS[path?.type ?? 'PathPrefix'];
  const value = path?.value ?? '/';
  if (!(operator === 'prefix' && value === '/')) {
    conditions.push({ subject: 'path', operator, value });
  }
  if (method) {
    conditions.push({ subject: 'method', operator: 'exact', value: method });
  }
  conditions.push(
    ...valueConditions('header', headers),
    ...valueConditions('query', queryParams),
  );
  return conditions;
}

/** The conditions of one match of a GRPCRoute, for people. */
export function grpcConditions(match: GRPCRouteMatch): RouteCondition[] {
  const { method, headers = [] } = match;
  const operator = OPERATORS[method?.type ?? 'Exact'];
  return [
    ...(method?.service
      ? [{ subject: 'grpc-service' as const, operator, value: method.service }]
      : []),
    ...(method?.method
      ? [{ subject: 'grpc-method' as const, operator, value: method.method }]
      : []),
    ...valueConditions('header', headers),
  ];
}

function valueConditions(
  subject: 'header' | 'query',
  matches: readonly { type?: MatchType; name: string; value: string }[],
): RouteCondition[] {
  return matches.map(({ type, name, value }) => ({
    subject,
    name,
    operator: OPERATORS[type ?? 'Exact'],
    value,
  }));
}
