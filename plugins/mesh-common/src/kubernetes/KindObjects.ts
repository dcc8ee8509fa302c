import { FlaggerCanary, Rollout } from '../canary/objects';
import { CertManagerCertificate } from '../cert-manager/objects';
import { BackendTLSPolicy } from '../gateway-api/backendTlsPolicy';
import {
  ConnectionRoute,
  GatewayApiGateway,
  GatewayClass,
  GRPCRoute,
  HTTPRoute,
  ListenerSet,
  ReferenceGrant,
} from '../gateway-api/objects';
import {
  AuthorizationPolicy,
  DestinationRule,
  EnvoyFilter,
  Gateway,
  IstioOperator,
  PeerAuthentication,
  ProxyConfig,
  ProxyExtension,
  RequestAuthentication,
  ServiceEntry,
  Sidecar,
  Telemetry,
  VirtualService,
  WorkloadEntry,
  WorkloadGroup,
} from '../istio/objects';
import {
  EgressNetwork,
  ExternalWorkload,
  HttpLocalRateLimitPolicy,
  LinkerdAuthorizationPolicy,
  MeshTlsAuthentication,
  MulticlusterLink,
  NetworkAuthentication,
  Server,
  ServerAuthorization,
  ServiceProfile,
  TrafficSplit,
} from '../linkerd/objects';
import {
  ApiService,
  ConfigMap,
  CustomResourceDefinition,
  Endpoints,
  HorizontalPodAutoscaler,
  MutatingWebhookConfiguration,
  Namespace,
  NetworkPolicy,
  Node,
  Pod,
  PodDisruptionBudget,
  Secret,
  Service,
  WorkloadController,
} from './core';
import { KubernetesObject } from './objects';

/**
 * The fields that rules read of an object, by the key of its kind in the table of kinds.
 *
 * @public
 */
export interface KindObjects {
  Namespace: Namespace;
  Pod: Pod;
  Service: Service;
  ServiceAccount: KubernetesObject;
  ConfigMap: ConfigMap;
  Secret: Secret;
  Node: Node;
  Endpoints: Endpoints;
  'apps/Deployment': WorkloadController;
  'apps/StatefulSet': WorkloadController;
  'apps/DaemonSet': WorkloadController;
  'policy/PodDisruptionBudget': PodDisruptionBudget;
  'autoscaling/HorizontalPodAutoscaler': HorizontalPodAutoscaler;
  'networking.k8s.io/NetworkPolicy': NetworkPolicy;
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': MutatingWebhookConfiguration;
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': MutatingWebhookConfiguration;
  'apiextensions.k8s.io/CustomResourceDefinition': CustomResourceDefinition;
  'apiregistration.k8s.io/APIService': ApiService;
  'rbac.authorization.k8s.io/ClusterRole': KubernetesObject;
  'rbac.authorization.k8s.io/ClusterRoleBinding': KubernetesObject;
  'rbac.authorization.k8s.io/Role': KubernetesObject;
  'rbac.authorization.k8s.io/RoleBinding': KubernetesObject;
  'security.istio.io/PeerAuthentication': PeerAuthentication;
  'security.istio.io/AuthorizationPolicy': AuthorizationPolicy;
  'security.istio.io/RequestAuthentication': RequestAuthentication;
  'networking.istio.io/VirtualService': VirtualService;
  'networking.istio.io/DestinationRule': DestinationRule;
  'networking.istio.io/Gateway': Gateway;
  'networking.istio.io/ServiceEntry': ServiceEntry;
  'networking.istio.io/Sidecar': Sidecar;
  'networking.istio.io/EnvoyFilter': EnvoyFilter;
  'networking.istio.io/WorkloadEntry': WorkloadEntry;
  'networking.istio.io/WorkloadGroup': WorkloadGroup;
  'networking.istio.io/ProxyConfig': ProxyConfig;
  'install.istio.io/IstioOperator': IstioOperator;
  'telemetry.istio.io/Telemetry': Telemetry;
  'extensions.istio.io/WasmPlugin': ProxyExtension;
  'extensions.istio.io/TrafficExtension': ProxyExtension;
  'gateway.networking.k8s.io/Gateway': GatewayApiGateway;
  'gateway.networking.k8s.io/GatewayClass': GatewayClass;
  'gateway.networking.k8s.io/HTTPRoute': HTTPRoute;
  'gateway.networking.k8s.io/GRPCRoute': GRPCRoute;
  'gateway.networking.k8s.io/TLSRoute': ConnectionRoute;
  'gateway.networking.k8s.io/TCPRoute': ConnectionRoute;
  'gateway.networking.k8s.io/ReferenceGrant': ReferenceGrant;
  'gateway.networking.k8s.io/BackendTLSPolicy': BackendTLSPolicy;
  'gateway.networking.k8s.io/ListenerSet': ListenerSet;
  'gateway.networking.x-k8s.io/XListenerSet': ListenerSet;
  'policy.linkerd.io/Server': Server;
  'policy.linkerd.io/ServerAuthorization': ServerAuthorization;
  'policy.linkerd.io/AuthorizationPolicy': LinkerdAuthorizationPolicy;
  'policy.linkerd.io/MeshTLSAuthentication': MeshTlsAuthentication;
  'policy.linkerd.io/NetworkAuthentication': NetworkAuthentication;
  'policy.linkerd.io/HTTPRoute': HTTPRoute;
  'policy.linkerd.io/EgressNetwork': EgressNetwork;
  'policy.linkerd.io/HTTPLocalRateLimitPolicy': HttpLocalRateLimitPolicy;
  'workload.linkerd.io/ExternalWorkload': ExternalWorkload;
  'multicluster.linkerd.io/Link': MulticlusterLink;
  'linkerd.io/ServiceProfile': ServiceProfile;
  'cert-manager.io/Certificate': CertManagerCertificate;
  'argoproj.io/Rollout': Rollout;
  'flagger.app/Canary': FlaggerCanary;
  'split.smi-spec.io/TrafficSplit': TrafficSplit;
}
