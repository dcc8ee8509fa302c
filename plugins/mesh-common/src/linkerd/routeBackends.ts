import { Reason } from '../contract/common';
import { RouteBackend } from '../contract/routing';
import { BackendRef } from '../gateway-api/objects';
import { backendOf, isService, Referent } from '../gateway-api/references';
import { Service, ServicePort } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { assumedConfig } from './controlPlaneConfig';
import { LinkerdRoute } from './linkerdRoutes';
import { unsupportedFilter } from './routeFilters';
import { POLICY_GROUP } from './targetRefs';

/** Requests that fall on a backend that cannot be used. */
const BROKEN_BACKEND_STATUS = 500;

/** Backends of a rule, and what is to be said about them. */
export interface RuleBackends {
  backends: RouteBackend[];
  reasons: Reason[];
}

/**
 * Where the requests of a rule go: to its backends by weight (1 unless written), to the Service itself where
 * it has none. A backend without namespace is one of the Service's, not of the route's. The share of a
 * backend that does not exist, has no port or is no Service is answered with 500; whether the Service has
 * that port is not looked at.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index/http.rs, `convert_backend`; grpc/src/outbound/http.rs.
 */
export function ruleBackends(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  candidate: LinkerdRoute,
  rule: number,
): RuleBackends {
  const refs: BackendRef[] =
    candidate.route.spec?.rules?.[rule]?.backendRefs ?? [];
  if (refs.length === 0) {
    return {
      backends: [
        {
          ...hostOf(snapshot, namespaceOf(service), service.metadata.name),
          port: port.port,
          percent: 100,
        },
      ],
      reasons: [],
    };
  }
  const total = refs.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const reasons: Reason[] = [];
  const backends = refs.map((ref, index): RouteBackend => {
    const referent = backendOf(ref, namespaceOf(service));
    const at = (text: string): Reason =>
      because('linkerd/backends', text, {
        snapshot,
        kind: candidate.kind,
        object: candidate.route,
        field: `spec.rules[${rule}].backendRefs[${index}]`,
      });
    const missing = obstacleOf(snapshot, ref, referent);
    if (!missing) {
      reasons.push(...doubtsOf(snapshot, candidate, ref, referent, at));
    }
    return {
      ...(isService(referent)
        ? hostOf(snapshot, referent.namespace, referent.name)
        : { host: referent.name }),
      ...(ref.port !== undefined && { port: ref.port }),
      ...(ref.weight !== undefined && { weight: ref.weight }),
      percent: total === 0 ? 0 : (100 * (ref.weight ?? 1)) / total,
      ...(missing && {
        missing: { status: BROKEN_BACKEND_STATUS, reason: at(missing) },
      }),
    };
  });
  return { backends, reasons };
}

/** A Service as backends name it: by its full name. */
export function hostOf(
  snapshot: MeshSnapshot,
  namespace: string,
  name: string,
): Pick<RouteBackend, 'host' | 'service'> {
  return {
    host: `${name}.${namespace}.svc.${
      assumedConfig(snapshot).config.clusterDomain
    }`,
    service: { cluster: snapshot.cluster, namespace, name },
  };
}

function obstacleOf(
  snapshot: MeshSnapshot,
  ref: BackendRef,
  referent: Referent,
): string | undefined {
  if (referent.group === POLICY_GROUP && referent.kind === 'EgressNetwork') {
    return 'An EgressNetwork is a backend only of routes on that EgressNetwork';
  }
  if (!isService(referent)) {
    return `A ${referent.kind} cannot be a backend`;
  }
  const filter = unsupportedFilter(ref.filters ?? []);
  if (filter >= 0) {
    return `Linkerd has no filter ${ref.filters?.[filter].type} for a backend`;
  }
  if (!ref.port) {
    return `The backend ${referent.name} has no port`;
  }
  return snapshot.get('Service', referent.namespace, referent.name)
    ? undefined
    : `There is no Service ${referent.namespace}/${referent.name}`;
}

function doubtsOf(
  snapshot: MeshSnapshot,
  { route }: LinkerdRoute,
  ref: BackendRef,
  referent: Referent,
  at: (text: string) => Reason,
): Reason[] {
  const found = snapshot.get('Service', referent.namespace, referent.name);
  const declared = found?.spec.ports.some(({ port }) => port === ref.port);
  return [
    ...(declared
      ? []
      : [
          at(
            `Service ${referent.namespace}/${referent.name} has no port ${ref.port}: no endpoint will be found`,
          ),
        ]),
    ...(ref.namespace === undefined && referent.namespace !== namespaceOf(route)
      ? [
          at(
            `A backend without namespace is one of the Service's namespace: ${
              referent.namespace
            }, not ${namespaceOf(route)}`,
          ),
        ]
      : []),
  ];
}
