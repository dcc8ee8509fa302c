import type { StoredObject } from '../store/types';
import { recordOf } from '../store/values';
import { services } from '../world/coreKinds';
import {
  gatewayClasses,
  gateways,
  grpcRoutes,
  httpRoutes,
  isAccepted,
  type Gateway,
} from '../world/gatewayKinds';
import { withTransitions } from './conditions';
import { proxyImage } from './injection/istio';
import type { Controller, World } from './manager';
import { ownerReference } from './owners';
import { writeStatus as applyStatus } from './writes';

const CONTROLLERS: Record<string, string> = {
  istio: 'istio.io/gateway-controller',
  'istio-waypoint': 'istio.io/mesh-controller',
};

/**
 * istiod deploys a proxy and a Service for each Gateway API Gateway of its classes, and writes the Gateway's address and
 * conditions when they are there.
 */
export const istioGatewayApiController: Controller = {
  name: 'istio gateway api',
  reconcile(world) {
    const { store } = world;
    for (const gateway of gateways.list(store)) {
      const { gatewayClassName } = gateway.body.spec;
      const served = gatewayClasses
        .list(store)
        .some(
          ({ name, body }) =>
            name === gatewayClassName &&
            body.spec.controllerName === CONTROLLERS[gatewayClassName],
        );
      if (served) {
        const name =
          gatewayClassName === 'istio' ? `${gateway.name}-istio` : gateway.name;
        putOnce(world, serviceAccount(gateway, name));
        putOnce(world, service(gateway, name));
        putOnce(world, deployment(gateway, name, proxyImage(store)));
        writeStatus(world, gateway, name);
      }
    }
  },
};

/** Creates what is missing; what is there may have been edited. */
function putOnce({ store }: World, object: StoredObject): void {
  const [group] = object.apiVersion.includes('/')
    ? object.apiVersion.split('/')
    : [''];
  const resource = store.resourceOf(group, object.kind);
  const { namespace, name } = object.metadata;
  if (resource && !store.get(resource, namespace, name)) {
    store.create(object);
  }
}

function metadata(gateway: Gateway, name: string) {
  return {
    name,
    namespace: gateway.namespace,
    labels: {
      'gateway.networking.k8s.io/gateway-name': gateway.name,
      'gateway.networking.k8s.io/gateway-class-name':
        gateway.body.spec.gatewayClassName,
      'gateway.istio.io/managed': managedBy(gateway),
    },
    ownerReferences: [ownerReference(gateway.object)],
  };
}

function managedBy({ body }: Gateway): string {
  return CONTROLLERS[body.spec.gatewayClassName].replace('/', '-');
}

function serviceAccount(gateway: Gateway, name: string): StoredObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata(gateway, name),
  };
}

function service(gateway: Gateway, name: string): StoredObject {
  const waypoint = gateway.body.spec.gatewayClassName === 'istio-waypoint';
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(gateway, name),
    spec: {
      type: waypoint ? 'ClusterIP' : 'LoadBalancer',
      selector: { 'gateway.networking.k8s.io/gateway-name': gateway.name },
      ports: [
        { name: 'status-port', port: 15021, protocol: 'TCP' },
        ...gateway.body.spec.listeners.map(listener => ({
          name: listener.name,
          port: listener.port,
          protocol: 'TCP',
          ...(waypoint && { appProtocol: 'hbone' }),
        })),
      ],
    },
  };
}

function deployment(
  gateway: Gateway,
  name: string,
  image: string,
): StoredObject {
  const selector = { 'gateway.networking.k8s.io/gateway-name': gateway.name };
  const waypoint = gateway.body.spec.gatewayClassName === 'istio-waypoint';
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(gateway, name),
    spec: {
      replicas: 1,
      selector: { matchLabels: selector },
      template: {
        metadata: {
          labels: {
            ...selector,
            'gateway.istio.io/managed': managedBy(gateway),
            'istio.io/dataplane-mode': 'none',
            'service.istio.io/canonical-name': name,
            'service.istio.io/canonical-revision': 'latest',
            'sidecar.istio.io/inject': 'false',
          },
          annotations: {
            'istio.io/rev': 'default',
            'prometheus.io/path': '/stats/prometheus',
            'prometheus.io/port': '15020',
            'prometheus.io/scrape': 'true',
          },
        },
        spec: {
          serviceAccountName: name,
          containers: [
            {
              name: 'istio-proxy',
              image,
              args: ['proxy', waypoint ? 'waypoint' : 'router'],
              ports: [
                { containerPort: 15020, name: 'metrics', protocol: 'TCP' },
                { containerPort: 15021, name: 'status-port', protocol: 'TCP' },
              ],
            },
          ],
        },
      },
    },
  };
}

function writeStatus(
  world: World,
  { uid, name, namespace }: Gateway,
  service_: string,
) {
  const gateway = gateways.get(world.store, namespace, name);
  const address = services.get(world.store, namespace, service_)?.body.spec
    .clusterIP;
  if (!gateway || gateway.uid !== uid || !address) {
    return;
  }
  const { object } = gateway;
  const previous = recordOf(object.status);
  applyStatus(world.store, object, {
    addresses: [{ type: 'IPAddress', value: address }],
    conditions: withTransitions(
      previous.conditions,
      [
        {
          type: 'Accepted',
          status: 'True',
          reason: 'Accepted',
          message: 'Resource accepted',
        },
        {
          type: 'Programmed',
          status: 'True',
          reason: 'Programmed',
          message: `Resource programmed, assigned to service(s) ${service_}.${namespace}.svc.cluster.local:15008`,
        },
      ],
      world.now,
      object.metadata.generation,
    ),
    listeners: gateway.body.spec.listeners.map(listener => ({
      name: listener.name,
      attachedRoutes: attachedRoutes(world, gateway, listener.name),
      supportedKinds: [
        { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' },
        { group: 'gateway.networking.k8s.io', kind: 'GRPCRoute' },
      ],
      conditions: withTransitions(
        undefined,
        [
          {
            type: 'Accepted',
            status: 'True',
            reason: 'Accepted',
            message: 'No errors found',
          },
          {
            type: 'ResolvedRefs',
            status: 'True',
            reason: 'ResolvedRefs',
            message: 'No errors found',
          },
        ],
        () => Date.parse(gateway.created),
        object.metadata.generation,
      ),
    })),
  });
}

function attachedRoutes(
  { store }: World,
  gateway: Gateway,
  listener: string,
): number {
  return [...httpRoutes.list(store), ...grpcRoutes.list(store)].filter(route =>
    route.body.spec.parentRefs.some(
      parent =>
        parent.kind === 'Gateway' &&
        parent.name === gateway.name &&
        (parent.namespace ?? route.namespace) === gateway.namespace &&
        (parent.sectionName === undefined || parent.sectionName === listener) &&
        isAccepted(route, parent),
    ),
  ).length;
}
