import { PortRoutes } from '../contract/routing';
import { Service, ServicePort } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { AttachedRoutes } from './attachedRoutes';
import { destinationPolicies } from './destinations';
import { ServiceProfile } from './objects';
import { OutboundProtocol } from './outboundProtocol';
import { profileRules } from './profileRules';
import { notUsed } from './routeAcceptance';
import { hostOf } from './routeBackends';
import { isHeadless } from './routeParents';
import { routeRules } from './routeRules';
import { ruleSettings } from './ruleSettings';

/** What decides about a port. */
export type Decided = Pick<
  PortRoutes,
  'routing' | 'rules' | 'unmatched' | 'destinations' | 'ignored'
>;

/** A port whose ServiceProfile decides: every route is ignored. */
export function profiledPort(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  profile: ServiceProfile,
  attached: AttachedRoutes,
): Decided {
  const name = `ServiceProfile ${namespaceOf(profile)}/${
    profile.metadata.name
  }`;
  const rules = profileRules(snapshot, service, port, profile);
  return {
    routing: {
      value: 'rules',
      reasons: [
        because(
          'linkerd/service-profile',
          `${name} decides: it has routes or overrides, so proxies use no other route, retry or circuit breaker of the Service`,
          {
            snapshot,
            kind: 'linkerd.io/ServiceProfile',
            object: profile,
            field: profile.spec?.routes?.length
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
      { breaks: false },
    ),
    ignored: [
      ...attached.routes.map(route =>
        notUsed(snapshot, route, `${name} wins over it`, 'spec.parentRefs'),
      ),
      ...attached.ignored,
    ],
  };
}

export function routedPort(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  protocol: OutboundProtocol,
  attached: AttachedRoutes,
): Decided {
  const rules = routeRules(snapshot, service, port, attached);
  const opaque = protocol.protocol === 'opaque';
  const predicted = attached.predicted && { predicted: true };
  if (attached.routes.length === 0) {
    return {
      ...withoutRoutes(snapshot, service, port, opaque),
      ignored: attached.ignored,
    };
  }
  const everything = rules.some(
    ({ matches, neverMatches }) => matches.length === 0 && !neverMatches,
  );
  return {
    routing: {
      value: 'rules',
      reasons: attached.routes.map(({ kind, route }) =>
        because(
          'linkerd/route',
          `${route.kind} ${namespaceOf(route)}/${
            route.metadata.name
          } is accepted for the Service`,
          { snapshot, kind, object: route, field: 'spec.parentRefs' },
        ),
      ),
      ...predicted,
    },
    rules,
    ...(!everything && {
      unmatched: {
        status: 404,
        reason: because(
          'linkerd/no-route',
          'With routes on a Service, a request that none of their rules matches is answered with 404',
          {
            snapshot,
            kind: attached.routes[0].kind,
            object: attached.routes[0].route,
            field: 'spec.rules',
          },
        ),
      },
    }),
    destinations: destinationPolicies(
      snapshot,
      service,
      rules.flatMap(({ backends }) => backends),
      { breaks: true },
    ),
    ignored: attached.ignored,
  };
}

/** A port without routes: requests go to the Service itself, by the settings of its annotations if there are any. */
function withoutRoutes(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  opaque: boolean,
): Omit<Decided, 'ignored'> {
  const settings = opaque ? { reasons: [] } : ruleSettings(snapshot, service);
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
    destinations: destinationPolicies(snapshot, service, [backend], {
      breaks: !opaque,
    }),
  };
}
