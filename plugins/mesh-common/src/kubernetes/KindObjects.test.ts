import { Differing } from '../__testUtils__/sameTypes';
import { flaggerCanarySchema, rolloutSchema } from '../canary/schemas';
import { certManagerCertificateSchema } from '../cert-manager/schemas';
import { backendTlsPolicySchema } from '../gateway-api/backendTlsPolicySchema';
import {
  connectionRouteSchema,
  gatewayApiGatewaySchema,
  gatewayClassSchema,
  grpcRouteSchema,
  httpRouteSchema,
  listenerSetSchema,
  referenceGrantSchema,
} from '../gateway-api/schemas';
import {
  authorizationPolicySchema,
  destinationRuleSchema,
  envoyFilterSchema,
  gatewaySchema,
  istioOperatorSchema,
  peerAuthenticationSchema,
  proxyConfigSchema,
  proxyExtensionSchema,
  requestAuthenticationSchema,
  serviceEntrySchema,
  sidecarSchema,
  telemetrySchema,
  virtualServiceSchema,
  workloadEntrySchema,
  workloadGroupSchema,
} from '../istio/schemas';
import {
  egressNetworkSchema,
  externalWorkloadSchema,
  httpLocalRateLimitPolicySchema,
  linkerdAuthorizationPolicySchema,
  meshTlsAuthenticationSchema,
  multiclusterLinkSchema,
  networkAuthenticationSchema,
  serverAuthorizationSchema,
  serverSchema,
  serviceProfileSchema,
  trafficSplitSchema,
} from '../linkerd/schemas';
import {
  apiServiceSchema,
  configMapSchema,
  customResourceDefinitionSchema,
  endpointsSchema,
  horizontalPodAutoscalerSchema,
  namespaceSchema,
  networkPolicySchema,
  nodeSchema,
  podDisruptionBudgetSchema,
  podSchema,
  roleSchema,
  secretSchema,
  serviceAccountSchema,
  serviceSchema,
  webhookConfigurationSchema,
  workloadControllerSchema,
} from './schemas/core';
import { KindObjects } from './KindObjects';
import { KINDS } from './kinds';

const schemas = {
  Namespace: namespaceSchema,
  Pod: podSchema,
  Service: serviceSchema,
  ServiceAccount: serviceAccountSchema,
  ConfigMap: configMapSchema,
  Secret: secretSchema,
  Node: nodeSchema,
  Endpoints: endpointsSchema,
  'apps/Deployment': workloadControllerSchema,
  'apps/StatefulSet': workloadControllerSchema,
  'apps/DaemonSet': workloadControllerSchema,
  'policy/PodDisruptionBudget': podDisruptionBudgetSchema,
  'autoscaling/HorizontalPodAutoscaler': horizontalPodAutoscalerSchema,
  'networking.k8s.io/NetworkPolicy': networkPolicySchema,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration':
    webhookConfigurationSchema,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration':
    webhookConfigurationSchema,
  'apiextensions.k8s.io/CustomResourceDefinition':
    customResourceDefinitionSchema,
  'apiregistration.k8s.io/APIService': apiServiceSchema,
  'rbac.authorization.k8s.io/ClusterRole': roleSchema,
  'rbac.authorization.k8s.io/ClusterRoleBinding': roleSchema,
  'rbac.authorization.k8s.io/Role': roleSchema,
  'rbac.authorization.k8s.io/RoleBinding': roleSchema,
  'security.istio.io/PeerAuthentication': peerAuthenticationSchema,
  'security.istio.io/AuthorizationPolicy': authorizationPolicySchema,
  'security.istio.io/RequestAuthentication': requestAuthenticationSchema,
  'networking.istio.io/VirtualService': virtualServiceSchema,
  'networking.istio.io/DestinationRule': destinationRuleSchema,
  'networking.istio.io/Gateway': gatewaySchema,
  'networking.istio.io/ServiceEntry': serviceEntrySchema,
  'networking.istio.io/Sidecar': sidecarSchema,
  'networking.istio.io/EnvoyFilter': envoyFilterSchema,
  'networking.istio.io/WorkloadEntry': workloadEntrySchema,
  'networking.istio.io/WorkloadGroup': workloadGroupSchema,
  'networking.istio.io/ProxyConfig': proxyConfigSchema,
  'install.istio.io/IstioOperator': istioOperatorSchema,
  'telemetry.istio.io/Telemetry': telemetrySchema,
  'extensions.istio.io/WasmPlugin': proxyExtensionSchema,
  'extensions.istio.io/TrafficExtension': proxyExtensionSchema,
  'gateway.networking.k8s.io/Gateway': gatewayApiGatewaySchema,
  'gateway.networking.k8s.io/GatewayClass': gatewayClassSchema,
  'gateway.networking.k8s.io/HTTPRoute': httpRouteSchema,
  'gateway.networking.k8s.io/GRPCRoute': grpcRouteSchema,
  'gateway.networking.k8s.io/TLSRoute': connectionRouteSchema,
  'gateway.networking.k8s.io/TCPRoute': connectionRouteSchema,
  'gateway.networking.k8s.io/ReferenceGrant': referenceGrantSchema,
  'gateway.networking.k8s.io/BackendTLSPolicy': backendTlsPolicySchema,
  'gateway.networking.k8s.io/ListenerSet': listenerSetSchema,
  'gateway.networking.x-k8s.io/XListenerSet': listenerSetSchema,
  'policy.linkerd.io/Server': serverSchema,
  'policy.linkerd.io/ServerAuthorization': serverAuthorizationSchema,
  'policy.linkerd.io/AuthorizationPolicy': linkerdAuthorizationPolicySchema,
  'policy.linkerd.io/MeshTLSAuthentication': meshTlsAuthenticationSchema,
  'policy.linkerd.io/NetworkAuthentication': networkAuthenticationSchema,
  'policy.linkerd.io/HTTPRoute': httpRouteSchema,
  'policy.linkerd.io/EgressNetwork': egressNetworkSchema,
  'policy.linkerd.io/HTTPLocalRateLimitPolicy': httpLocalRateLimitPolicySchema,
  'workload.linkerd.io/ExternalWorkload': externalWorkloadSchema,
  'multicluster.linkerd.io/Link': multiclusterLinkSchema,
  'linkerd.io/ServiceProfile': serviceProfileSchema,
  'cert-manager.io/Certificate': certManagerCertificateSchema,
  'argoproj.io/Rollout': rolloutSchema,
  'flagger.app/Canary': flaggerCanarySchema,
  'split.smi-spec.io/TrafficSplit': trafficSplitSchema,
};

/** Each schema gives the type that is written for its kind; the compiler names those that do not as missing here. */
const differing: Record<Differing<typeof schemas, KindObjects>, never> = {};

describe('the types of objects', () => {
  it('are compared with the schema of every kind', () => {
    // By identity: what differs between two schemas is too much to be shown.
    const known = new Map<string, unknown>(Object.entries(schemas));
    expect([...known.keys()].sort()).toEqual(Object.keys(KINDS).sort());
    expect(
      Object.entries(KINDS).flatMap(([id, { schema }]) =>
        known.get(id) === schema ? [] : [id],
      ),
    ).toEqual([]);
    expect(differing).toEqual({});
  });
});
