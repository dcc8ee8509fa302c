import { configMaps, services } from '../world/coreKinds';
import {
  grpcRoutes,
  httpRoutes,
  policyHttpRoutes,
  type BackendRef,
  type ParentRef,
} from '../world/gatewayKinds';
import type { Item } from '../world/kind';
import { egressNetworks, servers } from '../world/linkerdKinds';
import type { Condition } from './conditions';
import type { Controller, World } from './manager';
import { writeParents, type ParentDecision } from './routeStatus';

export const LINKERD_CONTROLLER = 'linkerd.io/policy-controller';

type Route = Item<{
  spec: { parentRefs: ParentRef[]; rules: { backendRefs: BackendRef[] }[] };
}>;

interface TypedRoute {
  kind: 'GRPCRoute' | 'HTTPRoute';
  route: Route;
}

const ACCEPTED: Condition = {
  type: 'Accepted',
  status: 'True',
  reason: 'Accepted',
  message: '',
};

/**
 * What Linkerd's policy controller writes on routes with a Server, Service or EgressNetwork as parent. Upstream:
 * policy-controller/k8s/status/src/index.rs.
 */
export const linkerdRouteController: Controller = {
  name: 'linkerd policy controller',
  reconcile(world) {
    const { store } = world;
    if (!configMaps.get(store, 'linkerd', 'linkerd-config')) {
      return;
    }
    const grpc: TypedRoute[] = grpcRoutes
      .list(store)
      .map(route => ({ kind: 'GRPCRoute', route }));
    const http: TypedRoute[] = [
      ...httpRoutes.list(store),
      ...policyHttpRoutes.list(store),
    ].map(route => ({ kind: 'HTTPRoute', route }));
    const grpcParents = grpc.flatMap(({ route }) =>
      route.body.spec.parentRefs.map(parent => parentKey(route, parent)),
    );
    for (const { kind, route } of [...grpc, ...http]) {
      writeParents(
        world,
        route.object,
        LINKERD_CONTROLLER,
        route.body.spec.parentRefs.flatMap(parent =>
          decide(
            world,
            route,
            parent,
            kind === 'HTTPRoute' &&
              grpcParents.includes(parentKey(route, parent)),
          ),
        ),
      );
    }
  },
};

function parentKey(route: Route, { kind, name, namespace, port }: ParentRef) {
  return JSON.stringify([kind, namespace ?? route.namespace, name, port]);
}

function decide(
  world: World,
  route: Route,
  parentRef: ParentRef,
  conflicted: boolean,
): ParentDecision[] {
  const existence = parentExists(world, route, parentRef);
  if (!existence) {
    return [];
  }
  const accepted = conflicted
    ? refused('RouteReasonConflicted', '')
    : existence;
  return [
    {
      parentRef,
      conditions:
        parentRef.kind === 'Server'
          ? [accepted]
          : [accepted, resolvedRefs(world, route, parentRef)],
    },
  ];
}

/** Undefined for parents that are none of Linkerd's business. */
function parentExists(
  { store }: World,
  route: Route,
  { group, kind, name, namespace = route.namespace }: ParentRef,
): Condition | undefined {
  if (group === 'policy.linkerd.io' && kind === 'Server') {
    return servers.get(store, namespace, name)
      ? ACCEPTED
      : refused('NoMatchingParent', '');
  }
  if (group === 'policy.linkerd.io' && kind === 'EgressNetwork') {
    return egressNetworks.get(store, namespace, name)
      ? ACCEPTED
      : refused('NoMatchingParent', '');
  }
  if ((group === '' || group === 'core') && kind === 'Service') {
    const service = services.get(store, namespace, name);
    if (!service) {
      return refused('NoMatchingParent', '');
    }
    const { clusterIP, type } = service.body.spec;
    return clusterIP === 'None' || type === 'ExternalName'
      ? refused('NoMatchingParent', 'parent service must have a ClusterIP')
      : ACCEPTED;
  }
  return undefined;
}

function resolvedRefs(
  { store }: World,
  { namespace, body }: Route,
  parent: ParentRef,
): Condition {
  const failed = (reason: string, message: string): Condition => ({
    type: 'ResolvedRefs',
    status: 'False',
    reason,
    message,
  });
  for (const backend of body.spec.rules.flatMap(rule => rule.backendRefs)) {
    if (backend.kind === 'EgressNetwork' && parent.kind === 'EgressNetwork') {
      continue;
    }
    if (backend.kind !== 'Service') {
      return failed('InvalidKind', '');
    }
    if (!services.get(store, backend.namespace ?? namespace, backend.name)) {
      return failed('BackendNotFound', '');
    }
  }
  return {
    type: 'ResolvedRefs',
    status: 'True',
    reason: 'ResolvedRefs',
    message: '',
  };
}

function refused(reason: string, message: string): Condition {
  return { type: 'Accepted', status: 'False', reason, message };
}
