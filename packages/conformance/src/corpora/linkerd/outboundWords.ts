import {
  LinkerdOutboundBackend,
  LinkerdOutboundPolicy,
  LinkerdOutboundRule,
  LinkerdOutboundTimeouts,
  linkerdRetriedStatuses,
} from 'backstage-plugin-mesh-common';

type Route = LinkerdOutboundPolicy['routes'][number];

/** What the policy controller gives a proxy for a destination, in words of cases. */
export function outboundWords(policy: LinkerdOutboundPolicy) {
  const { protocol, defaultRoute } = policy;
  return {
    parent: parentWords(policy),
    protocol,
    routes: [
      ...policy.routes.map(route => routeWords(route, protocol)),
      ...(defaultRoute ? ['default'] : []),
    ],
    ...(defaultRoute && {
      defaultRoute: defaultRouteWords(defaultRoute, protocol),
    }),
    failureAccrual: policy.failureAccrual ?? null,
    loadBias: policy.loadBias ?? null,
    opaqueForbidden: policy.opaqueForbidden,
    balanced: policy.balanced,
  };
}

function parentWords({ parent }: LinkerdOutboundPolicy) {
  if (parent.kind === 'egress-fallback') {
    return parent.kind;
  }
  const { kind, name, namespace } = parent;
  return { kind, name, namespace };
}

function routeWords({ route, hosts, rules }: Route, protocol: string) {
  const [group, kind] = route.kind.split('/');
  const { namespace, name } = route.route.metadata;
  return {
    group,
    kind,
    namespace,
    name,
    ...(kind === 'TLSRoute' && { snis: hosts }),
    ...(carriesRequests(protocol) && { hosts }),
    rules: rules.map(rule => ruleWords(rule, protocol)),
  };
}

function ruleWords(rule: LinkerdOutboundRule, protocol: string) {
  const { matches, filters, distribution, backends } = rule;
  return {
    distribution,
    backends: backends.map(backendWords),
    ...(carriesRequests(protocol) && {
      matches,
      ...(filters.length > 0 && { filters: filters.map(filterWords) }),
      ...limitWords(rule, protocol),
    }),
  };
}

function backendWords(backend: LinkerdOutboundBackend) {
  const { target, weight, filters, invalid } = backend;
  return {
    ...target,
    weight,
    invalid: invalid !== undefined,
    message: invalid?.message,
    ...(filters.length > 0 && { filters: filters.map(filterWords) }),
  };
}

/** Lists of changes that are empty are not written. */
export function filterWords(filter: LinkerdOutboundRule['filters'][number]) {
  return Object.fromEntries(
    Object.entries(filter).map(([name, changes]) => [
      name,
      Object.fromEntries(
        Object.entries(changes).filter(
          ([, value]) => !Array.isArray(value) || value.length > 0,
        ),
      ),
    ]),
  );
}

function defaultRouteWords(
  { name, forbidden, rule }: NonNullable<LinkerdOutboundPolicy['defaultRoute']>,
  protocol: string,
) {
  return {
    name,
    forbidden,
    ...(carriesRequests(protocol) && limitWords(rule, protocol)),
  };
}

function limitWords(
  { timeouts, retry }: LinkerdOutboundRule,
  protocol: string,
) {
  return {
    timeouts: timeoutWords(timeouts),
    retry: retry
      ? {
          limit: retry.limit,
          ...(protocol === 'grpc'
            ? { grpcConditions: [...retry.on].sort() }
            : { statusRanges: linkerdRetriedStatuses(retry.on) }),
          timeoutMs: retry.timeoutMs ?? null,
        }
      : null,
  };
}

function timeoutWords({ request, response, idle }: LinkerdOutboundTimeouts) {
  return {
    requestMs: request?.ms ?? null,
    responseMs: response?.ms ?? null,
    idleMs: idle?.ms ?? null,
  };
}

function carriesRequests(protocol: string): boolean {
  return ['detect', 'http1', 'http2', 'grpc'].includes(protocol);
}
