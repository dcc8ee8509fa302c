import { RouteCondition } from '../../contract/routing';
import {
  grpcConditions,
  GRPCRouteMatch,
  httpConditions,
  HTTPRouteMatch,
} from '../../gateway-api/conditions';
import { HttpMatch, StringMatch } from '../objects';
import type { MeshRoute } from './gatewayApiRules';

/** One alternative of a rule; without a match, everything. */
export interface OneMatch {
  match?: HttpMatch;
  shown: RouteCondition[];
}

/**
 * The alternatives of a rule of a route, in the form of a VirtualService's and as people should read them.
 *
 * Upstream: pilot/pkg/config/kube/gateway/conversion.go, `createURIMatch`, `createGRPCURIMatch`,
 * `createHeadersMatch`, `createQueryParamsMatch`.
 */
export function matchesOfRule(route: MeshRoute, index: number): OneMatch[] {
  if (route.kind === 'gateway.networking.k8s.io/HTTPRoute') {
    const matches = route.object.spec?.rules?.[index].matches ?? [];
    // The schema fills in a match of everything where none is written.
    return (matches.length > 0 ? matches : [{}]).map(match => ({
      match: httpMatch(match),
      shown: httpConditions(match),
    }));
  }
  const matches = route.object.spec?.rules?.[index].matches ?? [];
  return matches.length > 0
    ? matches.map(match => ({
        match: grpcMatch(match),
        shown: grpcConditions(match),
      }))
    : [{ shown: [] }];
}

function httpMatch({
  path,
  method,
  headers = [],
  queryParams = [],
}: HTTPRouteMatch): HttpMatch {
  const value = path?.value ?? '/';
  return {
    uri: pathMatch(path?.type ?? 'PathPrefix', value),
    ...(method && { method: { exact: method } }),
    ...(headers.length > 0 && { headers: valueMatches(headers) }),
    ...(queryParams.length > 0 && { queryParams: valueMatches(queryParams) }),
  };
}

function pathMatch(
  type: 'Exact' | 'PathPrefix' | 'RegularExpression',
  value: string,
): StringMatch {
  switch (type) {
    case 'Exact':
      return { exact: value };
    case 'RegularExpression':
      return { regex: value };
    default:
      return { prefix: value === '/' ? value : value.replace(/\/$/, '') };
  }
}

function grpcMatch({ method, headers = [] }: GRPCRouteMatch): HttpMatch {
  return {
    ...(method && {
      uri: grpcPath(
        method.type === 'RegularExpression',
        method.service,
        method.method,
      ),
    }),
    ...(headers.length > 0 && { headers: valueMatches(headers) }),
  };
}

/** A gRPC call is a request of `/SERVICE/METHOD`. */
function grpcPath(
  expression: boolean,
  service: string | undefined,
  method: string | undefined,
): StringMatch {
  if (method === undefined) {
    return expression
      ? { regex: `/${service}/.+` }
      : { prefix: `/${service}/` };
  }
  if (service === undefined) {
    return { regex: `/[^/]+/${method}` };
  }
  return expression
    ? { regex: `/${service}/${method}` }
    : { exact: `/${service}/${method}` };
}

function valueMatches(
  matches: readonly { type?: string; name: string; value: string }[],
): Record<string, StringMatch> {
  return Object.fromEntries(
    matches.map(({ type, name, value }) => [
      name,
      type === 'RegularExpression' ? { regex: value } : { exact: value },
    ]),
  );
}
