import { isService } from '../../gateway-api/references';
import { Service } from '../../kubernetes/core';
import {
  GRPC_ROUTE_KIND,
  LinkerdRoute,
  parentsOf,
  routeName,
} from '../../linkerd/linkerdRoutes';
import { defineRouteChecks } from '../linkerdRouteChecks';

const GROUPS = [
  { what: 'timeout', prefix: 'timeout.linkerd.io/' },
  { what: 'retry setting', prefix: 'retry.linkerd.io/' },
] as const;

/** What rules can set too. */
const REQUEST_TIMEOUT = 'timeout.linkerd.io/request';

export const routeDropsSettings = defineRouteChecks(
  {
    code: 'MESH-L0310',
    level: 'warning',
    title: 'A setting of a route drops the others of its Service',
    explanation:
      "Timeouts are one group, retries another. As soon as a route sets one of a group, none of that group counts of the Service's annotations, whatever the route says of the others: write all that are meant on the route.",
    upstream: 'policy-controller/grpc/src/outbound/http.rs (linkerd2)',
  },
  function* run(candidate, snapshot) {
    for (const { referent } of parentsOf(candidate)) {
      const service = isService(referent)
        ? snapshot.get('Service', referent.namespace, referent.name)
        : undefined;
      for (const { what, prefix } of service ? GROUPS : []) {
        const dropped = service
          ? droppedBy(candidate, service, prefix)
          : undefined;
        if (dropped) {
          yield {
            message: `${routeName(
              candidate,
            )} sets a ${what} of its own, so ${dropped.lost.join(
              ' and ',
            )} of Service ${service?.metadata.name} ${
              dropped.lost.length === 1 ? 'does' : 'do'
            } not count for it`,
            field: dropped.field,
          };
        }
      }
    }
  },
);

/** The annotations of a group that the Service has and the route does not, where the route has any of them. */
function droppedBy(
  candidate: LinkerdRoute,
  service: Service,
  prefix: string,
): { lost: string[]; field: string } | undefined {
  const own = namesWith(candidate.route.metadata.annotations, prefix);
  const rules = ruleTimeouts(candidate, prefix);
  const [field] = [
    ...own.map(name => `metadata.annotations.${name}`),
    ...rules,
  ];
  const lost = namesWith(service.metadata.annotations, prefix).filter(
    name =>
      !own.includes(name) && !(rules.length > 0 && name === REQUEST_TIMEOUT),
  );
  return field && lost.length > 0 ? { lost, field } : undefined;
}

function namesWith(
  annotations: Readonly<Record<string, string>>,
  prefix: string,
): string[] {
  return Object.keys(annotations).filter(name => name.startsWith(prefix));
}

/** Rules that set a timeout themselves, which counts as the route's. */
function ruleTimeouts(candidate: LinkerdRoute, prefix: string): string[] {
  if (candidate.kind === GRPC_ROUTE_KIND || prefix !== GROUPS[0].prefix) {
    return [];
  }
  return (candidate.route.spec?.rules ?? []).flatMap(({ timeouts }, index) =>
    timeouts?.request === undefined
      ? []
      : [`spec.rules[${index}].timeouts.request`],
  );
}
