import { GatewayApiGateway } from '../../../gateway-api/objects';
import { Service } from '../../../kubernetes/core';
import { KubernetesObject, namespaceOf } from '../../../kubernetes/objects';
import { hasLabels } from '../../../kubernetes/selectors';
import { servicesSelecting, targetPortOf } from '../../../mesh/services';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../../snapshot/podsByLabel';
import { compare, timeOf } from '../../age';
import { istiodSetting, istiodVersion } from '../../controlPlane';
import { OutboundClient } from '../call';
import { gatewayServices, isManaged, makesServers } from './gatewayClass';
import { listenerServers } from './listenerServers';
import { GatewayServer, istioServers } from './server';

/** A server of a Gateway that configures a proxy, and the ports of the proxy on which it listens. */
export interface ProxyServer {
  server: GatewayServer;
  ports: readonly number[];
}

type Proxy = Pick<OutboundClient, 'namespace' | 'labels'>;

const KEEPS_PORTS = 'experimental.istio.io/disable-gateway-port-translation';

/**
 * The servers of all Gateways that configure a proxy, those of older Gateways first. An Istio Gateway configures the
 * pods that its selector selects, of any namespace (unless istiod keeps to the own one), without a selector all; one
 * of the Gateway API the pods of its Service. From 1.31 on, a proxy that istiod deployed for the latter does not take
 * Istio Gateways of other namespaces.
 *
 * Upstream: pilot/pkg/model/push_context.go, `initGateways`, `mergeGateways`, `filterStrictGatewayMerging`.
 */
export function proxyServers(
  snapshot: MeshSnapshot,
  proxy: Proxy,
): ProxyServer[] {
  const services = servicesSelecting(snapshot, proxy.namespace, proxy.labels);
  const listeners = gatewayApiServers(snapshot, proxy, services);
  const strict = isStrict(snapshot) && listeners.some(({ managed }) => managed);
  const found = [
    ...istioGateways(snapshot, proxy).flatMap(gateway =>
      strict && namespaceOf(gateway) !== proxy.namespace
        ? []
        : istioServers(gateway).map(server => ({
            server,
            ports: [
              selectedPort(snapshot, proxy, services, server.port.number),
            ],
            age: ageOf(gateway, gateway.metadata.name),
          })),
    ),
    ...listeners,
  ];
  return found
    .sort((a, b) => byAge(a.age, b.age))
    .map(({ server, ports }) => ({ server, ports }));
}

interface Age {
  time: number;
  name: string;
  namespace: string;
}

function ageOf(object: KubernetesObject, name: string): Age {
  return { time: timeOf(object), name, namespace: namespaceOf(object) };
}

function byAge(a: Age, b: Age): number {
  return (
    compare(a.time, b.time) ||
    compare(a.name, b.name) ||
    compare(a.namespace, b.namespace)
  );
}

function istioGateways(snapshot: MeshSnapshot, { namespace, labels }: Proxy) {
  const kind = 'networking.istio.io/Gateway';
  const places =
    istiodSetting(snapshot, 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE') === 'true'
      ? [namespace]
      : snapshot.namespacesOf(kind);
  return places
    .flatMap(place => [...snapshot.bucket(kind, place).values()])
    .filter(({ spec }) => hasLabels(labels, spec?.selector ?? {}));
}

/** Only Services of a pod's own namespace select it, so that only Gateways there can configure it. */
function gatewayApiServers(
  snapshot: MeshSnapshot,
  proxy: Proxy,
  services: readonly Service[],
): (ProxyServer & { age: Age; managed: boolean })[] {
  const kind = 'gateway.networking.k8s.io/Gateway';
  return [...snapshot.bucket(kind, proxy.namespace).values()]
    .filter(gateway => makesServers(snapshot, gateway))
    .flatMap(gateway => {
      const own = servicesOf(snapshot, gateway, proxy, services);
      return own === undefined
        ? []
        : listenerServers(snapshot, gateway).map(server => ({
            server,
            ports: servedPorts(snapshot, proxy, own, server.port.number),
            age: ageOf(
              server.owner.object,
              server.gateway.replace(/^[^/]*\//, ''),
            ),
            managed: isManaged(gateway),
          }));
    });
}

/**
 * The Services of a Gateway that the proxy is behind; undefined where it is behind none. Over files the one that
 * istiod makes is `to-be-made`, with the ports of the listeners.
 */
function servicesOf(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
  { labels }: Proxy,
  services: readonly Service[],
): readonly Service[] | 'to-be-made' | undefined {
  const named = gatewayServices(snapshot, gateway);
  const own = services.filter(({ metadata }) =>
    named.some(({ name }) => name === metadata.name),
  );
  if (own.length > 0) {
    return own;
  }
  const expected = named.find(({ managed }) => managed);
  return expected &&
    snapshot.origin === 'files' &&
    !snapshot.get('Service', expected.namespace, expected.name) &&
    hasLabels(labels, {
      'gateway.networking.k8s.io/gateway-name': gateway.metadata.name,
    })
    ? 'to-be-made'
    : undefined;
}

/** The container ports to which a Service port leads; a listener for a port that the Service lacks listens nowhere. */
function servedPorts(
  snapshot: MeshSnapshot,
  proxy: Proxy,
  services: readonly Service[] | 'to-be-made',
  port: number,
): number[] {
  return services === 'to-be-made'
    ? [port]
    : [
        ...new Set(
          services.flatMap(service =>
            targetsOf(snapshot, proxy, service, port),
          ),
        ),
      ];
}

/** A port that no Service of the proxy has is taken as the container's. */
function selectedPort(
  snapshot: MeshSnapshot,
  proxy: Proxy,
  services: readonly Service[],
  port: number,
): number {
  const [target = port] = services
    .filter(({ metadata: { labels } }) => !Object.hasOwn(labels, KEEPS_PORTS))
    .flatMap(service => targetsOf(snapshot, proxy, service, port));
  return target;
}

function targetsOf(
  snapshot: MeshSnapshot,
  { namespace, labels }: Proxy,
  { spec }: Service,
  port: number,
): number[] {
  const [pod] = podsWithLabels(snapshot, namespace, labels);
  return spec.ports
    .filter(candidate => candidate.port === port)
    .flatMap(candidate => {
      if (pod) {
        return targetPortOf(candidate, pod) ?? [];
      }
      return typeof candidate.targetPort === 'string'
        ? []
        : candidate.targetPort || candidate.port;
    });
}

/** Switched on by default in 1.31. */
function isStrict(snapshot: MeshSnapshot): boolean {
  const version = istiodVersion(snapshot);
  const written = istiodSetting(
    snapshot,
    'PILOT_ENABLE_STRICT_GATEWAY_MERGING',
  );
  return written === undefined
    ? version === undefined || version[0] > 1 || version[1] >= 31
    : written === 'true';
}
