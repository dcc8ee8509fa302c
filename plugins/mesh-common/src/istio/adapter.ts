import { WalkRequest } from '../contract/walk';
import { MeshAdapter, WalkContext } from '../mesh/MeshAdapter';
import { toldInGrpc } from '../mesh/walk/grpc';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { allowedIdentities } from './authorizationPolicy';
import { portAuthorization } from './authorization/portAuthorization';
import { certificateExpiry } from './control-plane/certificateMetrics';
import { clusterMesh } from './control-plane/clusterMesh';
import { seenByIstiod } from './discovery';
import { podEnrolment } from './enrolment';
import { identityOf, workloadsWithIdentity } from './identity';
import { inboundPort } from './inbound';
import { clustersOfMesh, ISTIO_ID } from './clustersOfMesh';
import { probePasses } from './kubeletProbes';
import { isIstioContainer } from './pods';
import { readiness } from './readiness';
import { hostRoutes } from './routing/hostRoutes';
import { serviceRoutes } from './routing/serviceRoutes';
import { retriesSlow } from './routing/slowTries';
import { sends } from './sends';
import { inboundTraffic } from './traffic/inboundTraffic';
import { serviceTraffic } from './traffic/serviceTraffic';
import { gatewayHostRoutes } from './walk/gateway/hostRoutes';
import { ownsGateway } from './walk/gateway/ownsGateway';
import { envoyGrpcCode } from './walk/grpcCode';
import { walk } from './walk/walk';
import { waypointOf } from './waypoint';

/** Asks of what istiod sees. */
function asIstiod<Rest extends unknown[], Result>(
  ask: (snapshot: MeshSnapshot, ...rest: Rest) => Result,
): (snapshot: MeshSnapshot, ...rest: Rest) => Result {
  return (snapshot, ...rest) => ask(seenByIstiod(snapshot), ...rest);
}

/** Istio, with sidecars and in ambient mode. */
export const istio: MeshAdapter = {
  id: ISTIO_ID,
  title: 'Istio',
  kinds: [
    'security.istio.io/PeerAuthentication',
    'security.istio.io/AuthorizationPolicy',
    'security.istio.io/RequestAuthentication',
    'networking.istio.io/VirtualService',
    'networking.istio.io/DestinationRule',
    'networking.istio.io/Gateway',
    'networking.istio.io/ServiceEntry',
    'networking.istio.io/WorkloadEntry',
    'networking.istio.io/WorkloadGroup',
    'networking.istio.io/Sidecar',
    'networking.istio.io/EnvoyFilter',
    'extensions.istio.io/WasmPlugin',
    'extensions.istio.io/TrafficExtension',
    'gateway.networking.k8s.io/Gateway',
    'gateway.networking.k8s.io/GatewayClass',
    'gateway.networking.k8s.io/HTTPRoute',
    'gateway.networking.k8s.io/GRPCRoute',
    'gateway.networking.k8s.io/TLSRoute',
    'gateway.networking.k8s.io/TCPRoute',
    'gateway.networking.k8s.io/ReferenceGrant',
    'gateway.networking.k8s.io/BackendTLSPolicy',
    'gateway.networking.k8s.io/ListenerSet',
    'gateway.networking.x-k8s.io/XListenerSet',
  ],
  clusterMesh,
  certificateExpiry,
  isProxy: isIstioContainer,
  enrolment: podEnrolment,
  identity: identityOf,
  accepts: asIstiod(inboundPort),
  authorization: asIstiod(portAuthorization),
  probePasses,
  tries: { retriesLate: retriesSlow, lastIsFree: false, lateFlag: 'UT' },
  sends: asIstiod(sends),
  routes: asIstiod(serviceRoutes),
  hostRoutes: asIstiod(hostRoutes),
  ownsGateway,
  gatewayRoutes: asIstiod(gatewayHostRoutes),
  walk: asIstiod((snapshot, request: WalkRequest, context: WalkContext) =>
    toldInGrpc(walk(snapshot, request, context), envoyGrpcCode),
  ),
  peers: clustersOfMesh,
  waypoint: asIstiod(waypointOf),
  allowedIdentities: asIstiod(allowedIdentities),
  workloadsWithIdentity,
  inboundTraffic,
  serviceTraffic,
  readiness,
};
