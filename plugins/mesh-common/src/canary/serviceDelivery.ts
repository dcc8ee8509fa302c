import { CanaryRoute, CanaryState, Delivery } from '../contract/canary';
import { ObjectRef, Reason, WorkloadRef } from '../contract/common';
import { ServiceRoutes } from '../contract/routing';
import { Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { workloadsWithLabels } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { canariesByName } from './canaryIndex';
import { weightDifferences } from './weightDifferences';

const KINDS = ['argoproj.io/Rollout', 'flagger.app/Canary'] as const;

/** What Argo Rollouts and Flagger do with a workload. */
export function workloadCanaries(
  snapshot: MeshSnapshot,
  { namespace, kind, name }: Pick<WorkloadRef, 'namespace' | 'kind' | 'name'>,
): CanaryState[] {
  return [
    ...(canariesByName(snapshot, namespace).byWorkload.get(`${kind}/${name}`) ??
      []),
  ].flatMap(({ state }) => state(snapshot) ?? []);
}

/**
 * What Argo Rollouts and Flagger do with a Service: the canaries that name it, and those of the workloads that it
 * selects. The rules that the mesh has for it tell which of their routes it follows. Undefined where nothing is known to
 * govern it.
 */
export function serviceDelivery(
  snapshot: MeshSnapshot,
  service: Service,
  routes: Pick<ServiceRoutes, 'ports' | 'gateways'>,
): Delivery | undefined {
  const namespace = namespaceOf(service);
  const { byService, byWorkload } = canariesByName(snapshot, namespace);
  const { selector = {} } = service.spec;
  const selected =
    byWorkload.size > 0 && Object.keys(selector).length > 0
      ? workloadsWithLabels(snapshot, namespace, selector)
      : [];
  const found = new Set([
    ...(byService.get(service.metadata.name) ?? []),
    ...selected.flatMap(
      ({ ref }) => byWorkload.get(`${ref.kind}/${ref.name}`) ?? [],
    ),
  ]);
  const canaries = [...found].flatMap(({ state }) => {
    const canary = state(snapshot);
    return canary ? [withFollowed(canary, routes)] : [];
  });
  const unread = unreadKinds(snapshot, namespace);
  return canaries.length > 0 || unread.length > 0
    ? { canaries, unread }
    : undefined;
}

/** A kind that the cluster does not serve has no objects, which is an answer. */
function unreadKinds(
  snapshot: MeshSnapshot,
  namespace: string,
): Delivery['unread'] {
  return KINDS.flatMap((kind): Delivery['unread'] => {
    const read = snapshot.read(kind);
    if (read.state !== 'read' && read.state !== 'absent') {
      return [{ kind, cause: read.state, message: read.message }];
    }
    return snapshot
      .malformed(kind, namespace)
      .map(({ name, field, message }) => ({
        kind,
        cause: 'malformed',
        message: `${kind} ${namespace}/${name} cannot be read: ${field}: ${message}`,
      }));
  });
}

/** A canary whose routes say whether the mesh follows them for this Service. */
function withFollowed(
  canary: CanaryState,
  { ports, gateways = [] }: Pick<ServiceRoutes, 'ports' | 'gateways'>,
): CanaryState {
  const rules = [...ports, ...gateways].flatMap(port => port.rules);
  const applied = rules.flatMap(({ reasons }) => reasons);
  const ignored = ports.flatMap(port => port.ignored);
  const routes = canary.steering.routes.map((route): CanaryRoute => {
    if (route.state.value !== 'written') {
      return route;
    }
    const followed = applied.find(reason => names(reason, route.object));
    if (followed) {
      const { reasons } = route.state;
      return {
        ...route,
        state: {
          value: 'applied',
          reasons: reasons.some(({ object }) => object)
            ? reasons
            : [...reasons, followed],
        },
      };
    }
    const without = ignored.find(reason => names(reason, route.object));
    return without
      ? {
          ...route,
          state: {
            value: 'ignored',
            reasons: [without, ...route.state.reasons],
          },
        }
      : route;
  });
  const followed = { ...canary, steering: { ...canary.steering, routes } };
  return { ...followed, differences: weightDifferences(followed) };
}

function names({ object }: Reason, ref: ObjectRef): boolean {
  return (
    object?.kind === ref.kind &&
    object.namespace === ref.namespace &&
    object.name === ref.name
  );
}
