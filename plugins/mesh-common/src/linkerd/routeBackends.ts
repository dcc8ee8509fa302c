import { Reason } from '../contract/common';
import { RouteBackend } from '../contract/routing';
import { BackendRef } from '../gateway-api/objects';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { assumedConfig } from './controlPlaneConfig';
import { AnyLinkerdRoute } from './linkerdRoutes';
import { OutboundBackend, OutboundRule } from './outbound/policy';

/** Requests that fall on a backend that cannot be used. */
const BROKEN_BACKEND_STATUS = 500;

/** Backends of a rule, and what is to be said about them. */
export interface RuleBackends {
  backends: RouteBackend[];
  reasons: Reason[];
}

/** Where a rule sends to, with the share of each backend, and what is odd about it. */
export function ruleBackends(
  snapshot: MeshSnapshot,
  route: AnyLinkerdRoute,
  index: number,
  rule: OutboundRule,
): RuleBackends {
  const total = rule.backends.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const refs = refsOf(route, index);
  const reasons: Reason[] = [];
  const backends = rule.backends.map((backend): RouteBackend => {
    const ref = backend.ref === undefined ? undefined : refs[backend.ref];
    const at = (text: string): Reason =>
      because('linkerd/backends', text, {
        snapshot,
        kind: route.kind,
        object: route.route,
        field: `spec.rules[${index}].backendRefs[${backend.ref ?? 0}]`,
      });
    if (ref && !backend.invalid) {
      reasons.push(...doubtsOf(snapshot, route, ref, backend).map(at));
    }
    const { weight = 1, invalid } = backend;
    const port = ref ? ref.port : backend.target?.port;
    return {
      ...placeOf(snapshot, backend, ref),
      ...(port !== undefined && { port }),
      ...(ref?.weight !== undefined && { weight: ref.weight }),
      percent: total === 0 ? 0 : (100 * weight) / total,
      ...(invalid && {
        missing: { status: BROKEN_BACKEND_STATUS, reason: at(invalid.why) },
      }),
    };
  });
  return { backends, reasons };
}

function refsOf(
  { route }: AnyLinkerdRoute,
  index: number,
): readonly BackendRef[] {
  const rules: readonly { backendRefs?: BackendRef[] }[] =
    route.spec?.rules ?? [];
  return rules[index]?.backendRefs ?? [];
}

function placeOf(
  snapshot: MeshSnapshot,
  { target }: OutboundBackend,
  ref: BackendRef | undefined,
): Pick<RouteBackend, 'host' | 'service'> {
  return target?.kind === 'Service'
    ? hostOf(snapshot, target.namespace, target.name)
    : { host: target?.name ?? ref?.name ?? '' };
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

/** What is odd about a backend that can be used. */
function doubtsOf(
  snapshot: MeshSnapshot,
  { route }: AnyLinkerdRoute,
  ref: BackendRef,
  { target }: OutboundBackend,
): string[] {
  if (target?.kind !== 'Service') {
    return [];
  }
  const { namespace, name, port } = target;
  const found = snapshot.get('Service', namespace, name);
  const declared = found?.spec.ports.some(one => one.port === port);
  return [
    ...(declared
      ? []
      : [
          `Service ${namespace}/${name} has no port ${port}: no endpoint will be found`,
        ]),
    ...(ref.namespace === undefined && namespace !== namespaceOf(route)
      ? [
          `A backend without namespace is one of the Service's namespace: ${namespace}, not ${namespaceOf(
            route,
          )}`,
        ]
      : []),
  ];
}
