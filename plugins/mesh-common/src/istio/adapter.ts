import { MeshAdapter } from '../mesh/MeshAdapter';
import { allowedIdentities } from './authorizationPolicy';
import { portAuthorization } from './authorization/portAuthorization';
import { clusterMesh } from './controlPlane';
import { podEnrolment } from './enrolment';
import { identityOf, workloadsWithIdentity } from './identity';
import { inboundPort } from './inbound';
import { meshId } from './meshConfig';
import { isIstioContainer } from './pods';
import { readiness } from './readiness';
import { serviceRoutes } from './routing/serviceRoutes';
import { sends } from './sends';
import { inboundTraffic } from './traffic/inboundTraffic';
import { serviceTraffic } from './traffic/serviceTraffic';
import { gatewayHostRoutes } from './walk/gateway/hostRoutes';
import { walk } from './walk/walk';
import { waypointOf } from './waypoint';

/** Istio, with sidecars and in ambient mode. */
export const istio: MeshAdapter = {
  id: 'istio',
  title: 'Istio',
  kinds: [
    'security.istio.io/PeerAuthentication',
    'security.istio.io/AuthorizationPolicy',
    'security.istio.io/RequestAuthentication',
    'networking.istio.io/VirtualService',
    'networking.istio.io/DestinationRule',
    'networking.istio.io/Gateway',
    'networking.istio.io/ServiceEntry',
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
  ],
  clusterMesh,
  isProxy: isIstioContainer,
  enrolment: podEnrolment,
  identity: identityOf,
  accepts: inboundPort,
  authorization: portAuthorization,
  sends,
  routes: serviceRoutes,
  gatewayRoutes: gatewayHostRoutes,
  walk,
  spansClustersAs: meshId,
  waypoint: waypointOf,
  allowedIdentities,
  workloadsWithIdentity,
  inboundTraffic,
  serviceTraffic,
  readiness,
};
