import { Reason } from '../contract/common';
import { RouteRule } from '../contract/routing';
import { BackendRef, RouteFilter } from '../gateway-api/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { LinkerdRoute } from './linkerdRoutes';

/** What the filters of a rule do, where Linkerd has them. */
export interface RuleFilters extends Pick<RouteRule, 'headers' | 'redirect'> {
  reasons: Reason[];
}

type HeaderFilter = NonNullable<RouteFilter['requestHeaderModifier']>;

/** The status of a redirect that says none. */
const FOUND = 302;

/**
 * What the filters of a rule and of its backends do: change headers, or redirect. For what clients send, a
 * ResponseHeaderModifier of a policy.linkerd.io HTTPRoute changes the request: a fault of the controller.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index/http.rs, `convert_linkerd_filter`.
 */
export function ruleFilters(
  snapshot: MeshSnapshot,
  candidate: LinkerdRoute,
  rule: number,
): RuleFilters {
  const written: { filters?: RouteFilter[]; backendRefs?: BackendRef[] } =
    candidate.route.spec?.rules?.[rule] ?? {};
  const { filters = [], backendRefs = [] } = written;
  const result: RuleFilters = { headers: [], reasons: [] };
  filters.forEach((filter, index) => {
    result.headers.push(
      ...headerTexts('request', filter.requestHeaderModifier),
    );
    const response = filter.responseHeaderModifier;
    if (response && candidate.kind === 'policy.linkerd.io/HTTPRoute') {
      result.headers.push(...headerTexts('request', response));
      result.reasons.push(
        because(
          'linkerd/filters',
          'Linkerd applies the ResponseHeaderModifier of a policy.linkerd.io HTTPRoute to requests',
          {
            snapshot,
            kind: candidate.kind,
            object: candidate.route,
            field: `spec.rules[${rule}].filters[${index}]`,
          },
        ),
      );
    } else {
      result.headers.push(...headerTexts('response', response));
    }
    result.redirect ??= redirectOf(filter);
  });
  for (const { name, filters: own = [] } of backendRefs) {
    for (const { requestHeaderModifier, responseHeaderModifier } of own) {
      result.headers.push(
        ...headerTexts(`${name}: request`, requestHeaderModifier),
        ...headerTexts(`${name}: response`, responseHeaderModifier),
      );
    }
  }
  return result;
}

function headerTexts(
  subject: string,
  filter: HeaderFilter | undefined,
): string[] {
  return [
    ...(filter?.set ?? []).map(
      ({ name, value }) => `${subject} set ${name}: ${value}`,
    ),
    ...(filter?.add ?? []).map(
      ({ name, value }) => `${subject} add ${name}: ${value}`,
    ),
    ...(filter?.remove ?? []).map(name => `${subject} remove ${name}`),
  ];
}

function redirectOf({ requestRedirect }: RouteFilter): RouteRule['redirect'] {
  if (!requestRedirect) {
    return undefined;
  }
  const { statusCode, scheme, hostname, port, path } = requestRedirect;
  const target = path?.replaceFullPath ?? path?.replacePrefixMatch;
  return {
    code: statusCode ?? FOUND,
    ...(scheme && { scheme }),
    ...(hostname && { authority: hostname }),
    ...(port !== undefined && { port }),
    ...(target !== undefined && { path: target }),
  };
}
