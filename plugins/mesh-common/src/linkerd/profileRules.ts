import { Reason } from '../contract/common';
import {
  RouteBackend,
  RouteRetries,
  RouteRule,
  RouteTimeout,
} from '../contract/routing';
import { Service, ServicePort } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { assumedConfig } from './controlPlaneConfig';
import { parseGoDuration } from './durations';
import { ServiceProfile } from './objects';
import { profileConditions } from './profileConditions';
import { profileMatch } from './profileMatch';
import { hostOf } from './routeBackends';
import { Profiled, profileTargets } from './serviceProfile';

const KIND = 'linkerd.io/ServiceProfile';

/** The budget of a profile that sets none. */
const DEFAULT_BUDGET = {
  retryRatio: 0.2,
  minRetriesPerSecond: 10,
  ttl: '10s',
};

/**
 * The rules of a ServiceProfile: the first route whose condition holds names the request (for its metrics,
 * its timeout and whether it may be retried); what no route takes is forwarded as well. All go to the Service
 * itself, or are split over the overridden destinations; so are connections, for which there are no routes.
 *
 * Upstream: controller/api/destination/profile_translator.go; linkerd2-proxy, linkerd/service-profiles;
 * linkerd/app/outbound/src/opaq.rs, `routes_from_profile`.
 */
export function profileRules(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  profile: ServiceProfile,
  profiled: Profiled = 'requests',
): RouteRule[] {
  const at = (text: string, field: string): Reason =>
    because('linkerd/service-profile', text, {
      snapshot,
      kind: KIND,
      object: profile,
      field,
    });
  const nameOf = `ServiceProfile ${namespaceOf(profile)}/${
    profile.metadata.name
  }`;
  const backends = profileBackends(snapshot, service, port, profile, at);
  const common = {
    action: 'forward',
    backends,
    mirrors: [],
    headers: [],
  } as const;
  const routes = profiled === 'requests' ? profile.spec?.routes ?? [] : [];
  return [
    ...routes.map((route, index): RouteRule => {
      const field = `spec.routes[${index}]`;
      const { timeout, reasons } = timeoutOf(route.timeout, field, at);
      const tried = route.isRetryable
        ? retriesOf(profile, field, at)
        : { reasons: [] };
      return {
        ...common,
        name: `${nameOf} routes[${index}]`,
        matches: profileConditions(route.condition),
        ...(!profileMatch(route.condition) && {
          neverMatches: at(
            'Proxies drop the route: its expression does not compile',
            `${field}.condition`,
          ),
        }),
        mirrors: [],
        headers: [],
        ...(timeout && { timeout }),
        ...(tried.retries && { retries: tried.retries }),
        reasons: [
          at(`Route ${route.name ?? index} of the profile`, field),
          ...reasons,
          ...tried.reasons,
        ],
      };
    }),
    {
      ...common,
      name: `${nameOf} default`,
      matches: [],
      mirrors: [],
      headers: [],
      reasons: [
        profiled === 'requests'
          ? at('What no route of the profile takes is forwarded too', 'spec')
          : at(
              'Connections go to the destinations of the profile',
              'spec.dstOverrides',
            ),
      ],
    },
  ];
}

type At = (text: string, field: string) => Reason;

function timeoutOf(
  text: string | undefined,
  field: string,
  at: At,
): { timeout?: RouteTimeout; reasons: Reason[] } {
  if (text === undefined) {
    return { reasons: [] };
  }
  const parsed = parseGoDuration(text);
  if ('error' in parsed || parsed.ms < 0) {
    return {
      reasons: [at(`The timeout "${text}" is no duration`, `${field}.timeout`)],
    };
  }
  return parsed.ms === 0
    ? { reasons: [] }
    : {
        timeout: {
          ms: parsed.ms,
          reasons: [at('Sets the timeout', `${field}.timeout`)],
        },
        reasons: [],
      };
}

const SECOND_MS = 1_000;
const SHORTEST_TTL_MS = SECOND_MS;
const LONGEST_TTL_MS = 60 * SECOND_MS;
const MOST_RATIO = 1_000;

/**
 * The retries of a route that may be tried again. The budget is that of the profile, where what is not written is 0, or the
 * default. One that the proxy does not take leaves no retries.
 *
 * Upstream: linkerd2-proxy, linkerd/service-profiles/src/proto.rs, `convert_retry_budget`.
 */
function retriesOf(
  { spec }: ServiceProfile,
  field: string,
  at: At,
): { retries?: RouteRetries; reasons: Reason[] } {
  const {
    retryRatio = 0,
    minRetriesPerSecond = 0,
    ttl = '',
  } = spec?.retryBudget ?? DEFAULT_BUDGET;
  const lasts = parseGoDuration(ttl);
  const ttlMs = 'ms' in lasts ? lasts.ms : 0;
  if (
    ttlMs < SHORTEST_TTL_MS ||
    ttlMs > LONGEST_TTL_MS ||
    retryRatio < 0 ||
    retryRatio > MOST_RATIO
  ) {
    return {
      reasons: [
        at(
          `There are no retries: the budget must last 1s to 60s, with a ratio of 0 to ${MOST_RATIO}`,
          'spec.retryBudget',
        ),
      ],
    };
  }
  return {
    retries: {
      // A request is tried again as long as it fails and the budget lasts.
      attempts: 1,
      on: ['5xx'],
      budget: {
        percent: 100 * retryRatio,
        minPerSecond: minRetriesPerSecond,
        ttlMs,
      },
      reasons: [
        at(
          'Failures of this route are retried while the budget lasts: one request may be tried more than once again',
          `${field}.isRetryable`,
        ),
        at(
          spec?.retryBudget
            ? 'Sets the retry budget'
            : 'The profile sets no retry budget, so the default counts',
          spec?.retryBudget ? 'spec.retryBudget' : 'spec',
        ),
      ],
    },
    reasons: [],
  };
}

function profileBackends(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  profile: ServiceProfile,
  at: At,
): RouteBackend[] {
  const targets = profileTargets(profile);
  if (targets.length === 0) {
    return [
      {
        ...hostOf(snapshot, namespaceOf(service), service.metadata.name),
        port: port.port,
        percent: 100,
      },
    ];
  }
  const total = targets.reduce((sum, { weight }) => sum + weight, 0);
  return targets.map(({ authority, weight, index }): RouteBackend => {
    const target = targetOf(snapshot, authority);
    const exists =
      !target || snapshot.get('Service', target.namespace, target.name);
    return {
      ...(target
        ? hostOf(snapshot, target.namespace, target.name)
        : { host: authority }),
      ...(target?.port !== undefined && { port: target.port }),
      weight,
      percent: (100 * weight) / total,
      ...(!exists && {
        missing: {
          status: 503,
          reason: at(
            `There is no Service ${target?.namespace}/${target?.name}`,
            `spec.dstOverrides[${index}].authority`,
          ),
        },
      }),
    };
  });
}

/** The Service of an authority such as `web.shop.svc.cluster.local:80`. */
function targetOf(
  snapshot: MeshSnapshot,
  authority: string,
): { name: string; namespace: string; port?: number } | undefined {
  const { clusterDomain } = assumedConfig(snapshot).config;
  const [host, port] = authority.split(':');
  const suffix = `.svc.${clusterDomain}`;
  if (!host.endsWith(suffix)) {
    return undefined;
  }
  const [name, namespace] = host.slice(0, -suffix.length).split('.');
  return namespace
    ? { name, namespace, ...(port && { port: Number(port) }) }
    : undefined;
}
