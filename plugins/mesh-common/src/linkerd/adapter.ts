import { MeshAdapter } from '../mesh/MeshAdapter';
import { toldInGrpc } from '../mesh/walk/grpc';
import { portAcceptance } from './accepts';
import { allowedIdentities } from './allowedIdentities';
import { portAuthorization } from './authorization/portAuthorization';
import { certificateExpiry } from './control-plane/certificateMetrics';
import { clusterMesh } from './controlPlane';
import { podEnrolment } from './enrolment';
import { identityOfPod, workloadsWithIdentity } from './identity';
import { inboundTraffic } from './inboundTraffic';
import { probePasses } from './kubeletProbes';
import { isLinkerdContainer } from './proxy';
import { mirrorsOf } from './multicluster/mirrorsOf';
import { linkedClusters, LINKERD_ID } from './multicluster/targetClusters';
import { readiness } from './readiness';
import { serviceRoutes } from './routes';
import { sendsTo } from './sends';
import { serviceTraffic } from './serviceTraffic';
import { linkerdGrpcCode } from './walk/grpcCode';
import { walk } from './walk/walk';

/** Linkerd. */
export const linkerd: MeshAdapter = {
  id: LINKERD_ID,
  title: 'Linkerd',
  kinds: [
    'policy.linkerd.io/Server',
    'policy.linkerd.io/ServerAuthorization',
    'policy.linkerd.io/AuthorizationPolicy',
    'policy.linkerd.io/MeshTLSAuthentication',
    'policy.linkerd.io/NetworkAuthentication',
    'policy.linkerd.io/HTTPRoute',
    'gateway.networking.k8s.io/HTTPRoute',
    'gateway.networking.k8s.io/GRPCRoute',
    'gateway.networking.k8s.io/TLSRoute',
    'gateway.networking.k8s.io/TCPRoute',
    'policy.linkerd.io/EgressNetwork',
    'policy.linkerd.io/HTTPLocalRateLimitPolicy',
    'linkerd.io/ServiceProfile',
    'workload.linkerd.io/ExternalWorkload',
    'multicluster.linkerd.io/Link',
  ],
  clusterMesh,
  certificateExpiry,
  isProxy: isLinkerdContainer,
  enrolment: podEnrolment,
  identity: identityOfPod,
  accepts: portAcceptance,
  authorization: portAuthorization,
  probePasses,
  tries: { retriesLate: () => true, lastIsFree: true },
  sends: sendsTo,
  routes: serviceRoutes,
  walk: (snapshot, request, context) =>
    toldInGrpc(walk(snapshot, request, context), linkerdGrpcCode),
  peers: linkedClusters,
  mirrorsOf,
  allowedIdentities,
  workloadsWithIdentity,
  inboundTraffic,
  serviceTraffic,
  readiness,
};
