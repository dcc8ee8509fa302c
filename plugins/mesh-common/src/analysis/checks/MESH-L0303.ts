import { BackendRef } from '../../gateway-api/objects';
import { isService, Referent } from '../../gateway-api/references';
import {
  LinkerdRoute,
  parentsOf,
  routeName,
} from '../../linkerd/linkerdRoutes';
import { isLinkerdRoute } from '../../linkerd/meshed';
import { namedBackends } from '../../linkerd/outbound/backends';
import { OutboundBackend } from '../../linkerd/outbound/policy';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineRouteChecks } from '../linkerdRouteChecks';

export const backendMissing = defineRouteChecks(
  {
    code: 'MESH-L0303',
    aliases: ['KIA1402'],
    level: 'error',
    title: 'A backend of a route cannot be used',
    explanation:
      'The share of requests that falls on a backend that does not exist, that has no port, or that is no Service, is answered with 500. A backend without namespace is looked for in the namespace of the parent Service. A port that the Service does not have is taken for one of its pods.',
    upstream:
      'policy-controller/k8s/index/src/outbound/index/http.rs, convert_backend; controller/api/destination/watcher/endpoints_watcher.go, getTargetPort (linkerd2)',
  },
  function* run(candidate, snapshot) {
    const said = new Set<string>();
    for (const { referent } of parentsOf(candidate)) {
      for (const { backend, share, field, rule } of backendsOf(
        snapshot,
        candidate,
        referent,
      )) {
        if (backend.invalid && !said.has(field)) {
          said.add(field);
          yield {
            message: `${backend.invalid.why}: ${
              Math.round(share * 10) / 10
            } % of the requests of rule ${rule} of ${routeName(
              candidate,
            )} get 500`,
            field,
          };
        }
        const undeclared = undeclaredPort(snapshot, backend);
        if (undeclared && !said.has(field)) {
          said.add(field);
          yield { message: undeclared, field, level: 'warning' };
        }
      }
    }
  },
);

/** A port of the pods in the place of one of the Service works, unless the pods do not have it or somebody moves it. */
function undeclaredPort(
  snapshot: MeshSnapshot,
  { target, invalid }: OutboundBackend,
): string | undefined {
  if (invalid || target?.kind !== 'Service') {
    return undefined;
  }
  const { namespace, name, port } = target;
  const ports = snapshot.get('Service', namespace, name)?.spec.ports ?? [];
  return ports.length === 0 || ports.some(one => one.port === port)
    ? undefined
    : `Service ${namespace}/${name} has no port ${port}, but ${ports
        .map(one => one.port)
        .join(', ')}: proxies connect to port ${port} of its pods`;
}

/** Whether backends of a route are looked at here: it is Linkerd's, and for a Service that is there. */
export function judgesBackends(
  snapshot: MeshSnapshot,
  candidate: LinkerdRoute,
): boolean {
  return (
    isLinkerdRoute(snapshot, candidate) &&
    parentsOf(candidate).some(
      ({ referent }) =>
        isService(referent) &&
        snapshot.get('Service', referent.namespace, referent.name),
    )
  );
}

interface WrittenBackend {
  backend: OutboundBackend;
  /** Of the requests of its rule, in percent. */
  share: number;
  rule: number;
  field: string;
}

/** The backends that a route names, as they are looked for where its parent is. */
function backendsOf(
  snapshot: MeshSnapshot,
  { route }: LinkerdRoute,
  { namespace, name, ...referent }: Referent,
): WrittenBackend[] {
  const service =
    isService({ namespace, name, ...referent }) &&
    snapshot.get('Service', namespace, name);
  if (!service) {
    return [];
  }
  const rules: readonly { backendRefs?: BackendRef[] }[] =
    route.spec?.rules ?? [];
  return rules.flatMap(({ backendRefs = [] }, rule) => {
    const backends = namedBackends(
      {
        snapshot,
        parent: { kind: 'Service', namespace, name, object: service },
        port: service.spec.ports[0]?.port ?? 0,
      },
      backendRefs,
    );
    const total = backends.reduce((sum, { weight = 1 }) => sum + weight, 0);
    return backends.map((backend, index) => ({
      backend,
      share: total === 0 ? 0 : (100 * (backend.weight ?? 1)) / total,
      rule,
      field: `spec.rules[${rule}].backendRefs[${index}]`,
    }));
  });
}
