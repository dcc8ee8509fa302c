import { RouteFilter } from '../gateway-api/objects';
import { GRPC_ROUTE_KIND, LinkerdRoute } from './linkerdRoutes';

/**
 * What a header or a query parameter must be.
 *
 * @public
 */
export type ValueMatch = { name: string } & (
  | { exact: string }
  | { regex: string }
);

/**
 * What a request must be for a rule, as the proxy gets it; what is absent is not looked at.
 *
 * @public
 */
export interface RequestMatchContent {
  path?: { exact: string } | { prefix: string } | { regex: string };
  method?: string;
  /** gRPC. */
  service?: string;
  headers?: ValueMatch[];
  queryParams?: ValueMatch[];
}

/**
 * Names of headers have no case: they are in lower case.
 *
 * @public
 */
export interface HeaderChanges {
  set: [name: string, value: string][];
  add: [name: string, value: string][];
  remove: string[];
}

/**
 * What a proxy does with a request that a rule takes.
 *
 * @public
 */
export type FilterContent =
  | { requestHeaders: HeaderChanges }
  | { responseHeaders: HeaderChanges }
  | {
      redirect: {
        scheme?: string;
        host?: string;
        path?: { full: string } | { prefix: string };
        port?: number;
        status?: number;
      };
    };

/**
 * The rules of a route, with what they match; in the order in which they are written.
 *
 * @public
 */
export function matchesByRule(
  candidate: LinkerdRoute,
): RequestMatchContent[][] {
  if (candidate.kind === GRPC_ROUTE_KIND) {
    return (candidate.route.spec?.rules ?? []).map(({ matches = [] }) =>
      matches.map(({ method, headers = [] }) => ({
        ...(method?.service && { service: method.service }),
        ...(method?.method && { method: method.method }),
        ...valuesOf('headers', headers),
      })),
    );
  }
  return (candidate.route.spec?.rules ?? []).map(({ matches = [] }) =>
    matches.map(({ path, method, headers = [], queryParams = [] }) => ({
      ...(path && { path: pathOf(path) }),
      ...(method && { method }),
      ...valuesOf('headers', headers),
      ...valuesOf('queryParams', queryParams),
    })),
  );
}

function pathOf({
  type,
  value = '/',
}: {
  type?: string;
  value?: string;
}): NonNullable<RequestMatchContent['path']> {
  switch (type) {
    case 'Exact':
      return { exact: value };
    case 'RegularExpression':
      return { regex: value };
    default:
      return { prefix: value };
  }
}

function valuesOf(
  key: 'headers' | 'queryParams',
  values: readonly { type?: string; name: string; value: string }[],
): { [K in typeof key]?: ValueMatch[] } {
  return values.length === 0
    ? {}
    : {
        [key]: values.map(({ type, name, value }) => ({
          name: key === 'headers' ? name.toLowerCase() : name,
          ...(type === 'RegularExpression'
            ? { regex: value }
            : { exact: value }),
        })),
      };
}

/** What a filter of a rule does, where Linkerd has it. */
export function filterContent(filter: RouteFilter): FilterContent[] {
  const { type, requestHeaderModifier, responseHeaderModifier } = filter;
  if (type === 'RequestHeaderModifier' && requestHeaderModifier) {
    return [{ requestHeaders: headerChanges(requestHeaderModifier) }];
  }
  if (type === 'ResponseHeaderModifier' && responseHeaderModifier) {
    return [{ responseHeaders: headerChanges(responseHeaderModifier) }];
  }
  const redirect = type === 'RequestRedirect' && filter.requestRedirect;
  if (!redirect) {
    return [];
  }
  const { scheme, hostname, path, port, statusCode } = redirect;
  return [
    {
      redirect: {
        ...(scheme && { scheme }),
        ...(hostname && { host: hostname }),
        ...(path && {
          path:
            path.replaceFullPath !== undefined
              ? { full: path.replaceFullPath }
              : { prefix: path.replacePrefixMatch ?? '' },
        }),
        ...(port !== undefined && { port }),
        ...(statusCode !== undefined && { status: statusCode }),
      },
    },
  ];
}

export function headerChanges({
  set = [],
  add = [],
  remove = [],
}: NonNullable<RouteFilter['requestHeaderModifier']>): HeaderChanges {
  return {
    set: set.map(({ name, value }) => [name.toLowerCase(), value]),
    add: add.map(({ name, value }) => [name.toLowerCase(), value]),
    remove: remove.map(name => name.toLowerCase()),
  };
}

/** The filters of each rule of a route, in the order in which they are written. */
export function filtersByRule({ route }: LinkerdRoute): FilterContent[][] {
  const rules: readonly { filters?: RouteFilter[] }[] = route.spec?.rules ?? [];
  return rules.map(({ filters = [] }) => filters.flatMap(filterContent));
}

/**
 * What comes of the filters of each rule of a route on a Server: the proxy of a server changes requests and redirects
 * them. It changes no answers; the response header modifier of a policy.linkerd.io HTTPRoute changes the request, which
 * is a fault of the controller. Of gRPC nothing is redirected.
 *
 * Upstream: `policy-controller/k8s/index/src/inbound/index/{http,grpc}.rs`, `try_policy_filter`;
 * `grpc/src/inbound/{http,grpc}.rs`, `convert_{http,grpc}_filter`.
 *
 * @public
 */
export function inboundFilters(candidate: LinkerdRoute): FilterContent[][] {
  return filtersByRule(candidate).map(filters =>
    filters.flatMap(filter => inboundFilter(candidate, filter)),
  );
}

function inboundFilter(
  { kind }: LinkerdRoute,
  filter: FilterContent,
): FilterContent[] {
  if ('requestHeaders' in filter) {
    return [filter];
  }
  if ('redirect' in filter) {
    return kind === GRPC_ROUTE_KIND ? [] : [filter];
  }
  return kind === 'policy.linkerd.io/HTTPRoute'
    ? [{ requestHeaders: filter.responseHeaders }]
    : [];
}
