import {
  GATEWAY_GROUP,
  gatewayClasses,
  gateways,
  grpcRoutes,
  httpRoutes,
  type BackendRef,
  type Gateway,
  type Listener,
  type ParentRef,
} from '../world/gatewayKinds';
import { namespaces, services } from '../world/coreKinds';
import type { Item } from '../world/kind';
import { selects } from '../world/selector';
import type { Condition } from './conditions';
import type { Controller, World } from './manager';
import { writeParents, type ParentDecision } from './routeStatus';
import { waypointOf } from './waypoints';

export const ISTIO_CONTROLLER = 'istio.io/gateway-controller';

type Route = Item<{
  spec: {
    parentRefs: ParentRef[];
    hostnames?: string[];
    rules: { backendRefs: BackendRef[] }[];
  };
}>;

const ACCEPTED: Condition = {
  type: 'Accepted',
  status: 'True',
  reason: 'Accepted',
  message: 'Route was valid',
};

/**
 * What istiod writes on routes: for Gateway parents of its classes, and for Services as parents. Upstream:
 * pilot/pkg/config/kube/gateway/conversion.go.
 */
export const istioRouteController: Controller = {
  name: 'istio gateway api routes',
  reconcile(world) {
    const { store } = world;
    if (!gatewayClasses.get(store, undefined, 'istio')) {
      return;
    }
    const routes: Route[] = [
      ...httpRoutes.list(store),
      ...grpcRoutes.list(store),
    ];
    for (const route of routes) {
      writeParents(
        world,
        route.object,
        ISTIO_CONTROLLER,
        route.body.spec.parentRefs.flatMap(parent =>
          decide(world, route, parent),
        ),
      );
    }
  },
};

function decide(
  world: World,
  route: Route,
  parentRef: ParentRef,
): ParentDecision[] {
  if (parentRef.group === GATEWAY_GROUP && parentRef.kind === 'Gateway') {
    return decideGateway(world, route, parentRef);
  }
  if (parentRef.group === '' && parentRef.kind === 'Service') {
    return [decideService(world, route, parentRef)];
  }
  return [];
}

function decideGateway(
  world: World,
  route: Route,
  parentRef: ParentRef,
): ParentDecision[] {
  const namespace = parentRef.namespace ?? route.namespace;
  const gateway = gateways.get(world.store, namespace, parentRef.name);
  if (!gateway || !isIstioClass(gateway)) {
    return [];
  }
  return [
    {
      parentRef,
      conditions: [
        attachment(world, route, gateway, parentRef),
        resolvedRefs(world, route, true),
      ],
    },
  ];
}

function isIstioClass({ body }: Gateway): boolean {
  return ['istio', 'istio-waypoint'].includes(body.spec.gatewayClassName);
}

function attachment(
  world: World,
  route: Route,
  gateway: Gateway,
  { port, sectionName }: ParentRef,
): Condition {
  const named = gateway.body.spec.listeners.filter(
    listener =>
      (port === undefined || listener.port === port) &&
      (sectionName === undefined || listener.name === sectionName),
  );
  if (named.length === 0) {
    return refused('NoMatchingParent', 'no listener of the gateway matches');
  }
  const hostnames = route.body.spec.hostnames ?? [];
  const intersecting = named.filter(listener =>
    hostnamesIntersect(listener.hostname, hostnames),
  );
  if (intersecting.length === 0) {
    return refused(
      'NoMatchingListenerHostname',
      'no hostnames matched the hostnames of the listeners',
    );
  }
  return intersecting.some(listener => allows(world, listener, gateway, route))
    ? ACCEPTED
    : refused(
        'NotAllowedByListeners',
        `namespace ${route.namespace} is not allowed by the listeners`,
      );
}

function hostnamesIntersect(listener: string | undefined, hostnames: string[]) {
  return (
    !listener ||
    hostnames.length === 0 ||
    hostnames.some(
      hostname => covers(listener, hostname) || covers(hostname, listener),
    )
  );
}

function covers(pattern: string, hostname: string): boolean {
  return pattern.startsWith('*.')
    ? hostname.endsWith(pattern.slice(1))
    : pattern === hostname;
}

function allows(
  { store }: World,
  { allowedRoutes }: Listener,
  gateway: Gateway,
  { namespace }: Route,
): boolean {
  const { from, selector } = allowedRoutes.namespaces;
  switch (from) {
    case 'All':
      return true;
    case 'Selector':
      return selects(
        selector ?? {},
        namespaces.get(store, undefined, namespace)?.labels ?? {},
      );
    case 'None':
      return false;
    default:
      return gateway.namespace === namespace;
  }
}

/** A Service as parent; in ambient mode the route counts only if a waypoint serves it. */
function decideService(
  world: World,
  route: Route,
  parentRef: ParentRef,
): ParentDecision {
  const namespace = parentRef.namespace ?? route.namespace;
  const service = services.get(world.store, namespace, parentRef.name);
  const known =
    service &&
    (parentRef.port === undefined ||
      service.body.spec.ports.some(({ port }) => port === parentRef.port));
  const conditions = [
    known
      ? ACCEPTED
      : refused(
          'NoMatchingParent',
          `parent service: "${parentRef.name}.${namespace}.svc.cluster.local" not found`,
        ),
    resolvedRefs(world, route, false),
  ];
  const ambient =
    namespaces.get(world.store, undefined, namespace)?.labels[
      'istio.io/dataplane-mode'
    ] === 'ambient';
  if (service && ambient) {
    const bound = waypointOf(world.store, service).state === 'bound';
    conditions.push({
      type: 'ResolvedWaypoints',
      status: bound ? 'True' : 'False',
      reason: bound ? 'ResolvedWaypoints' : 'MissingUseWaypointLabel',
      message: bound
        ? 'All waypoints resolved'
        : `istio.io/use-waypoint label missing from parent and parent namespace; in ambient mode, route will not be respected`,
    });
  }
  return { parentRef, conditions };
}

function resolvedRefs(
  { store }: World,
  { namespace, body }: Route,
  atGateway: boolean,
): Condition {
  const failed = (reason: string, message: string): Condition => ({
    type: 'ResolvedRefs',
    status: 'False',
    reason,
    message,
  });
  for (const backend of body.spec.rules.flatMap(rule => rule.backendRefs)) {
    if (backend.group !== '' || backend.kind !== 'Service') {
      return failed(
        'InvalidKind',
        `referencing unsupported backendRef: group "${backend.group}" kind "${backend.kind}"`,
      );
    }
    const target = backend.namespace ?? namespace;
    if (atGateway && target !== namespace) {
      return failed(
        'RefNotPermitted',
        `backendRef ${backend.name}/${target} not accessible to a route in namespace "${namespace}" (missing a ReferenceGrant?)`,
      );
    }
    if (!services.get(store, target, backend.name)) {
      return failed(
        'BackendNotFound',
        `backend(${backend.name}.${target}.svc.cluster.local) not found`,
      );
    }
  }
  return {
    type: 'ResolvedRefs',
    status: 'True',
    reason: 'ResolvedRefs',
    message: 'All references resolved',
  };
}

function refused(reason: string, message: string): Condition {
  return { type: 'Accepted', status: 'False', reason, message };
}
