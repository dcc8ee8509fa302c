import { GatewayApiGateway } from '../../../gateway-api/objects';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';

/** The controllers of istiod for the Gateway API; classes name them. */
const BUILT_IN: Readonly<Record<string, string>> = {
  istio: 'istio.io/gateway-controller',
  'istio-remote': 'istio.io/unmanaged-gateway',
  'istio-waypoint': 'istio.io/mesh-controller',
  'istio-east-west': 'istio.io/eastwest-controller',
};

/** Whether a controller is one of istiod's. */
export function isBuiltIn(controller: string): boolean {
  return Object.values(BUILT_IN).includes(controller);
}

/** Of these, the ones whose listeners become servers of a proxy, and whether their Service is called as they are. */
const WITH_SERVERS: Readonly<Record<string, { plainName: boolean }>> = {
  'istio.io/gateway-controller': { plainName: false },
  'istio.io/eastwest-controller': { plainName: true },
};

const NAME_OVERRIDE = 'gateway.istio.io/name-override';

/**
 * Whether istiod makes servers of a Gateway's listeners: its class is one that istiod's controller for gateways has,
 * also where there is no object of the class that is built in.
 *
 * Upstream: pilot/pkg/config/kube/gatewaycommon/classinfo.go; gatewayclass_collection.go, `FetchGatewayClass`.
 */
export function makesServers(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
): boolean {
  return Object.hasOwn(WITH_SERVERS, controllerOf(snapshot, gateway) ?? '');
}

/** Whether ListenerSets may add to a Gateway: those of istiod's gateways may, and those of east-west gateways may not. */
export function takesListenerSets(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
): boolean {
  return controllerOf(snapshot, gateway) === 'istio.io/gateway-controller';
}

/** The Service whose pods a Gateway configures. */
export interface GatewayServiceName {
  namespace: string;
  name: string;
  /** istiod makes it, and the pods behind it. */
  managed: boolean;
}

/**
 * The Services of a Gateway of the Gateway API, in its own namespace: the one that istiod makes, called after the
 * Gateway and its class unless an annotation names it; or those that its addresses name.
 *
 * Upstream: pilot/pkg/config/kube/gateway/conversion.go, `extractGatewayServices`;
 * gatewaycommon/gateway_utils.go, `IsManaged`.
 */
export function gatewayServices(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
): GatewayServiceName[] {
  const { name, namespace = '', annotations } = gateway.metadata;
  if (!isManaged(gateway)) {
    return (gateway.spec?.addresses ?? [])
      .filter(({ type }) => type === 'Hostname')
      .flatMap(({ value = '' }) => serviceNamed(value, namespace) ?? []);
  }
  const controller = controllerOf(snapshot, gateway) ?? '';
  const plain =
    Object.hasOwn(WITH_SERVERS, controller) &&
    WITH_SERVERS[controller].plainName;
  const made = plain ? name : `${name}-${gateway.spec?.gatewayClassName ?? ''}`;
  return [
    { namespace, name: annotations[NAME_OVERRIDE] || made, managed: true },
  ];
}

/** Whether istiod deploys the proxy: no address is written, or a single IP address. */
export function isManaged({ spec }: GatewayApiGateway): boolean {
  const addresses = spec?.addresses ?? [];
  return (
    addresses.length === 0 ||
    (addresses.length === 1 &&
      (addresses[0].type ?? 'IPAddress') === 'IPAddress')
  );
}

/** The controller of the class of a Gateway; undefined where there is no such class. */
export function controllerOf(
  snapshot: MeshSnapshot,
  { spec }: GatewayApiGateway,
): string | undefined {
  const name = spec?.gatewayClassName ?? '';
  const written = snapshot.get(
    'gateway.networking.k8s.io/GatewayClass',
    undefined,
    name,
  );
  return (
    written?.spec?.controllerName ??
    (Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined)
  );
}

/** Only pods in the Gateway's own namespace count, so that another namespace is of no use. */
function serviceNamed(
  address: string,
  own: string,
): GatewayServiceName | undefined {
  const [name, namespace = own] = address.split('.');
  return namespace === own ? { name, namespace, managed: false } : undefined;
}
