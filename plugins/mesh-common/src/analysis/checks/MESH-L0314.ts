import { Service } from '../../kubernetes/core';
import { KindId } from '../../kubernetes/kinds';
import { namespaceOf } from '../../kubernetes/objects';
import { routeName } from '../../linkerd/linkerdRoutes';
import { policyOfService } from '../../linkerd/outbound/outboundPolicy';
import {
  OutboundRule,
  WrittenOutboundRoute,
} from '../../linkerd/outbound/policy';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';
import { mayBeRouted } from '../routedServices';

export const ruleNeverTaken = defineCheck({
  code: 'MESH-L0314',
  level: 'warning',
  title:
    'A rule of a route is never taken, since an earlier one matches the same',
  explanation:
    'Of the rules of all routes of a Service the one with the most specific match takes a request. Of equal matches it is that of the older route (by name where they are of one age), and in a route the one that is written first: the other one gets nothing.',
  upstream:
    'policy-controller/grpc/src/outbound.rs, sort_routes (linkerd2); linkerd/http/route/src/lib.rs, find (linkerd2-proxy)',
  mesh: 'linkerd',
  subject: 'Service',
  needs: ['Pod'],
  *run(service, snapshot) {
    if (!mayBeRouted(snapshot, service)) {
      return;
    }
    const said = new Set<string>();
    for (const { port } of service.spec.ports) {
      for (const shadowed of shadowedOn(snapshot, service, port)) {
        const { later, rule, earlier } = shadowed;
        const name = `${routeName(later.route)} rules[${rule}]`;
        if (!said.has(name)) {
          said.add(name);
          yield about(
            later,
            rule,
            `${name} is never taken on port ${port} of Service ${service.metadata.name}: ${earlier} matches the same, and comes first`,
          );
        }
      }
    }
  },
});

function about(
  { route: { kind, route } }: WrittenOutboundRoute,
  rule: number,
  message: string,
): CheckFinding {
  const kindId: KindId = kind;
  return {
    message,
    field: `spec.rules[${rule}]`,
    about: { kind: kindId, object: route },
  };
}

interface Shadowed {
  later: WrittenOutboundRoute;
  rule: number;
  /** The rule that takes what it matches. */
  earlier: string;
}

function shadowedOn(
  snapshot: MeshSnapshot,
  service: Service,
  port: number,
): Shadowed[] {
  const { protocol, routes } = policyOfService(
    snapshot,
    service,
    port,
    namespaceOf(service),
  );
  if (protocol === 'opaque' || protocol === 'tls') {
    return [];
  }
  const first = new Map<string, string>();
  return routes.flatMap(route =>
    route.rules.flatMap((rule, index): Shadowed[] => {
      const keys = keysOf(route, rule);
      const taken = keys.map(key => first.get(key));
      const name = `${routeName(route.route)} rules[${index}]`;
      for (const key of keys) {
        first.set(key, first.get(key) ?? name);
      }
      const [earlier] = taken;
      return earlier !== undefined && taken.every(one => one !== undefined)
        ? [{ later: route, rule: index, earlier }]
        : [];
    }),
  );
}

/** What tells a match apart: rules with the same one are equally specific. */
function keysOf(
  { hosts }: WrittenOutboundRoute,
  { matches }: OutboundRule,
): string[] {
  const names = [...hosts].sort();
  return (matches.length > 0 ? matches : [{}]).map(match =>
    JSON.stringify([names, Object.entries(match).sort()]),
  );
}
