import { RouteCondition } from '../../contract/routing';
import {
  BackendRef,
  GRPCRoute,
  HTTPRoute,
  HTTPRouteRule,
  RouteFilter,
} from '../../gateway-api/objects';
import { Referent } from '../../gateway-api/references';
import { namespaceOf } from '../../kubernetes/objects';
import { HttpMatch, HttpRoute } from '../objects';
import { backendProblem, convertBackend } from './gatewayApiBackends';
import { convertFilters } from './gatewayApiFilters';
import { matchesOfRule } from './gatewayApiMatches';
import { SourceRule } from './source';

const BACKEND_FILTERS: ReadonlySet<string> = new Set([
  'RequestHeaderModifier',
  'ResponseHeaderModifier',
]);
const RULE_FILTERS: ReadonlySet<string> = new Set([
  ...BACKEND_FILTERS,
  'RequestRedirect',
  'RequestMirror',
  'URLRewrite',
  'CORS',
]);

export type MeshRoute =
  | { kind: 'gateway.networking.k8s.io/HTTPRoute'; object: HTTPRoute }
  | { kind: 'gateway.networking.k8s.io/GRPCRoute'; object: GRPCRoute };

/** What is needed of the cluster to convert a route. */
export interface ConversionContext {
  domain: string;
  serviceExists(namespace: string, name: string): boolean;
  /** Whether a backend may be referred to; absent: any may. */
  mayRefer?(backend: Referent): boolean;
}

/** The rules of a route, one for each match; or why istiod makes nothing of the whole route. */
export type ConvertedRules =
  | { rules: readonly SourceRule[] }
  | { problem: string; field: string };

/**
 * The rules of an HTTPRoute or GRPCRoute in the form of a VirtualService's, one for each match, as istiod
 * makes them. What it cannot convert (a filter that it does not know, a backend without port) makes it leave
 * the whole route out.
 *
 * Upstream: pilot/pkg/config/kube/gateway/conversion.go, `convertHTTPRoute`, `convertGRPCRoute`.
 */
export function convertRoute(
  route: MeshRoute,
  context: ConversionContext,
): ConvertedRules {
  const rules: SourceRule[] = [];
  const written = route.object.spec?.rules ?? [];
  for (let index = 0; index < written.length; index += 1) {
    const field = `spec.rules[${index}]`;
    const problem = ruleProblem(written[index], field);
    if (problem) {
      return problem;
    }
    for (const { match, shown } of matchesOfRule(route, index)) {
      rules.push(convertRule(route, index, match, shown, context));
    }
  }
  return { rules };
}

function convertRule(
  route: MeshRoute,
  index: number,
  match: HttpMatch | undefined,
  shown: RouteCondition[],
  context: ConversionContext,
): SourceRule {
  const rule = route.object.spec?.rules?.[index] ?? {};
  const namespace = namespaceOf(route.object);
  const backends = (rule.backendRefs ?? []).filter(
    ({ weight = 1 }) => weight !== 0,
  );
  const filters = convertFilters(rule.filters ?? [], (reference: BackendRef) =>
    convertBackend(reference, namespace, context),
  );
  const http: HttpRoute = {
    name: rule.name ?? `${namespace}.${route.object.metadata.name}.${index}`,
    ...(match && { match: [match] }),
    ...filters,
    ...(route.kind === 'gateway.networking.k8s.io/HTTPRoute' &&
      timing(route.object.spec?.rules?.[index] ?? {})),
    ...(backends.length === 0 && !filters.redirect
      ? { directResponse: { status: 500 } }
      : {
          route: backends.map(reference => ({
            destination: convertBackend(reference, namespace, context)
              .destination,
            ...(backends.length > 1 && { weight: reference.weight ?? 1 }),
            ...convertFilters(reference.filters ?? []),
          })),
        }),
  };
  const invalid = new Map(
    backends.flatMap((reference, at) => {
      const { invalid: why } = convertBackend(reference, namespace, context);
      return why === undefined ? [] : [[at, why] as const];
    }),
  );
  return {
    http,
    written: { ...route, field: `spec.rules[${index}]` },
    shown: [shown],
    ...(invalid.size > 0 && { invalid }),
  };
}

function ruleProblem(
  rule: { filters?: RouteFilter[]; backendRefs?: BackendRef[] },
  field: string,
): { problem: string; field: string } | undefined {
  const filters = [
    ...(rule.filters ?? []).map(filter => ({ filter, ofBackend: false })),
    ...(rule.backendRefs ?? []).flatMap(({ filters: own = [] }) =>
      own.map(filter => ({ filter, ofBackend: true })),
    ),
  ];
  const unknown = filters.find(
    ({ filter: { type }, ofBackend }) =>
      !(ofBackend ? BACKEND_FILTERS : RULE_FILTERS).has(type),
  );
  if (unknown) {
    return {
      problem: `Istio does not know the filter ${unknown.filter.type} ${
        unknown.ofBackend ? 'of a backend' : 'of a rule'
      }`,
      field: `${field}.filters`,
    };
  }
  const problem = (rule.backendRefs ?? [])
    .filter(({ weight = 1 }) => weight !== 0)
    .map(backendProblem)
    .find(found => found !== undefined);
  return problem === undefined
    ? undefined
    : { problem, field: `${field}.backendRefs` };
}

/** Timeouts and retries. A timeout of 0 is none; that of a backend counts per try where there are retries. */
function timing(
  rule: Pick<HTTPRouteRule, 'timeouts' | 'retry'>,
): Pick<HttpRoute, 'timeout' | 'retries'> {
  const { retry } = rule;
  const request = nonZero(rule.timeouts?.request);
  const backend = nonZero(rule.timeouts?.backendRequest);
  const attempts = retry?.attempts ?? 2;
  const timeout = retry ? request : backend ?? request;
  return {
    ...(timeout && { timeout }),
    ...(retry && {
      retries: {
        attempts,
        ...(attempts > 0 && {
          retryOn: [
            'connect-failure',
            'refused-stream',
            'unavailable',
            'cancelled',
            ...(retry.codes ?? []),
          ].join(','),
        }),
        ...(backend && { perTryTimeout: backend }),
        ...(retry.backoff && { backoff: retry.backoff }),
      },
    }),
  };
}

function nonZero(duration: string | undefined): string | undefined {
  return duration && /[1-9]/.test(duration) ? duration : undefined;
}
