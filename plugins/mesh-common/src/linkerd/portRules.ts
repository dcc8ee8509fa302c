import { PortRoutes } from '../contract/routing';
import { Service, ServicePort } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { destinationPolicies } from './destinations';
import { routeName } from './linkerdRoutes';
import { ServiceProfile } from './objects';
import { DefaultOutboundRoute, OutboundPolicy } from './outbound/policy';
import { settingAnnotations } from './outbound/settings';
import { profileRules } from './profileRules';
import { notUsed } from './routeAcceptance';
import { hostOf } from './routeBackends';
import { isHeadless } from './routeParents';
import { routeRules } from './routeRules';
import { ruleSettings } from './ruleSettings';
import { Profiled } from './serviceProfile';

/** What decides about a port. */
export type Decided = Pick<
  PortRoutes,
  'routing' | 'rules' | 'unmatched' | 'destinations' | 'ignored'
>;

/** A profile that decides, about what, and what would decide without it. */
interface DecidingProfile {
  profile: ServiceProfile;
  profiled: Profiled;
  policy: OutboundPolicy;
}

/** A port whose ServiceProfile decides: every route is ignored. */
export function profiledPort(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  { profile, profiled, policy }: DecidingProfile,
): Decided {
  const name = `ServiceProfile ${namespaceOf(profile)}/${
    profile.metadata.name
  }`;
  const rules = profileRules(snapshot, service, port, profile, profiled);
  return {
    routing: {
      value: 'rules',
      reasons: [
        because(
          'linkerd/service-profile',
          profiled === 'requests'
            ? `${name} decides: it has routes or overrides, so proxies use no other route, retry or circuit breaker of the Service`
            : `${name} decides: it overrides the destinations of connections`,
          {
            snapshot,
            kind: 'linkerd.io/ServiceProfile',
            object: profile,
            field:
              profiled === 'requests' && profile.spec?.routes?.length
                ? 'spec.routes'
                : 'spec.dstOverrides',
          },
        ),
      ],
    },
    rules,
    destinations: destinationPolicies(
      snapshot,
      service,
      rules.flatMap(({ backends }) => backends),
    ),
    ignored: [
      ...policy.routes.map(({ route }) =>
        notUsed(snapshot, route, `${name} wins over it`, 'spec.parentRefs'),
      ),
      ...settingAnnotations(service).map(annotation =>
        because(
          'linkerd/service-profile',
          `${annotation} has no effect: ${name} wins over it`,
          {
            snapshot,
            kind: 'Service',
            object: service,
            field: `metadata.annotations.${annotation}`,
          },
        ),
      ),
      ...policy.ignored,
    ],
  };
}

/** A port for which the policy decides. */
export function routedPort(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  policy: OutboundPolicy,
): Decided {
  if (policy.routes.length === 0) {
    return {
      ...withoutRoutes(snapshot, service, port, policy),
      ignored: policy.ignored,
    };
  }
  const rules = routeRules(snapshot, policy);
  return {
    routing: {
      value: 'rules',
      reasons: policy.routes.map(({ route }) =>
        because(
          'linkerd/route',
          `${routeName(route)} is accepted for the Service`,
          {
            snapshot,
            kind: route.kind,
            object: route.route,
            field: 'spec.parentRefs',
          },
        ),
      ),
      ...(policy.predicted && { predicted: true }),
    },
    rules,
    ...unmatched(snapshot, policy, rules),
    destinations: destinationPolicies(
      snapshot,
      service,
      rules.flatMap(({ backends }) => backends),
      policy,
    ),
    ignored: policy.ignored,
  };
}

/** Connections that no TLSRoute takes are closed, and so have no status. */
function unmatched(
  snapshot: MeshSnapshot,
  { routes: [{ route }], protocol }: OutboundPolicy,
  rules: Decided['rules'],
): Pick<Decided, 'unmatched'> {
  const everything = rules.some(
    ({ matches, neverMatches }) => matches.length === 0 && !neverMatches,
  );
  return everything || protocol === 'tls' || protocol === 'opaque'
    ? {}
    : {
        unmatched: {
          status: 404,
          reason: because(
            'linkerd/no-route',
            'With routes on a Service, a request that none of their rules matches is answered with 404',
            {
              snapshot,
              kind: route.kind,
              object: route.route,
              field: 'spec.rules',
            },
          ),
        },
      };
}

/** A port without routes: requests go to the Service itself, by the settings of its annotations if there are any. */
function withoutRoutes(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  policy: OutboundPolicy,
): Omit<Decided, 'ignored'> {
  const settings = defaultSettings(snapshot, policy, policy.defaultRoute);
  const backend = {
    ...hostOf(snapshot, namespaceOf(service), service.metadata.name),
    port: port.port,
    percent: 100,
  };
  const configured = Boolean(settings.timeout ?? settings.retries);
  return {
    routing: {
      value: configured ? 'rules' : 'service',
      reasons: [
        because(
          'linkerd/routes',
          isHeadless(service)
            ? 'The Service has no cluster IP: clients connect to its pods'
            : 'No route is in force, so requests go to the endpoints of the Service',
          {
            snapshot,
            kind: 'Service',
            object: service,
            field: 'spec.selector',
          },
        ),
        ...settings.reasons,
      ],
    },
    rules: configured
      ? [
          {
            name: `Service ${namespaceOf(service)}/${service.metadata.name}`,
            matches: [],
            action: 'forward',
            backends: [backend],
            mirrors: [],
            ...(settings.timeout && { timeout: settings.timeout }),
            ...(settings.retries && { retries: settings.retries }),
            headers: [],
            reasons: settings.reasons,
          },
        ]
      : [],
    destinations: destinationPolicies(snapshot, service, [backend], policy),
  };
}

/** Retries and timeouts are for requests, which nobody sees at an opaque port. */
function defaultSettings(
  snapshot: MeshSnapshot,
  policy: OutboundPolicy,
  route: DefaultOutboundRoute | undefined,
): ReturnType<typeof ruleSettings> {
  return route && policy.protocol !== 'opaque'
    ? ruleSettings(snapshot, policy, route.rule)
    : { reasons: [] };
}
