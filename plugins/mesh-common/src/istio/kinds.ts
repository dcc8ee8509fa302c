import { defineKind } from '../kubernetes/defineKind';
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
} from './schemas';

const istioNetworking = {
  group: 'networking.istio.io',
  versions: ['v1', 'v1beta1', 'v1alpha3'],
  namespaced: true,
  keep: 'whole',
} as const;

const istioSecurity = {
  group: 'security.istio.io',
  versions: ['v1', 'v1beta1'],
  namespaced: true,
  keep: 'whole',
} as const;

/** What is read of Istio's kinds. */
export const ISTIO_KINDS = {
  'security.istio.io/PeerAuthentication': defineKind({
    ...istioSecurity,
    kind: 'PeerAuthentication',
    plural: 'peerauthentications',
    schema: peerAuthenticationSchema,
  }),
  'security.istio.io/AuthorizationPolicy': defineKind({
    ...istioSecurity,
    kind: 'AuthorizationPolicy',
    plural: 'authorizationpolicies',
    schema: authorizationPolicySchema,
  }),
  'security.istio.io/RequestAuthentication': defineKind({
    ...istioSecurity,
    kind: 'RequestAuthentication',
    plural: 'requestauthentications',
    schema: requestAuthenticationSchema,
  }),
  'networking.istio.io/VirtualService': defineKind({
    ...istioNetworking,
    kind: 'VirtualService',
    plural: 'virtualservices',
    schema: virtualServiceSchema,
  }),
  'networking.istio.io/DestinationRule': defineKind({
    ...istioNetworking,
    kind: 'DestinationRule',
    plural: 'destinationrules',
    schema: destinationRuleSchema,
  }),
  'networking.istio.io/Gateway': defineKind({
    ...istioNetworking,
    kind: 'Gateway',
    plural: 'gateways',
    schema: gatewaySchema,
  }),
  'networking.istio.io/ServiceEntry': defineKind({
    ...istioNetworking,
    kind: 'ServiceEntry',
    plural: 'serviceentries',
    schema: serviceEntrySchema,
  }),
  'networking.istio.io/Sidecar': defineKind({
    ...istioNetworking,
    kind: 'Sidecar',
    plural: 'sidecars',
    schema: sidecarSchema,
  }),
  'networking.istio.io/EnvoyFilter': defineKind({
    ...istioNetworking,
    versions: ['v1alpha3'],
    kind: 'EnvoyFilter',
    plural: 'envoyfilters',
    schema: envoyFilterSchema,
  }),
  'networking.istio.io/WorkloadEntry': defineKind({
    ...istioNetworking,
    kind: 'WorkloadEntry',
    plural: 'workloadentries',
    schema: workloadEntrySchema,
  }),
  'networking.istio.io/WorkloadGroup': defineKind({
    ...istioNetworking,
    kind: 'WorkloadGroup',
    plural: 'workloadgroups',
    schema: workloadGroupSchema,
  }),
  'networking.istio.io/ProxyConfig': defineKind({
    ...istioNetworking,
    versions: ['v1beta1'],
    kind: 'ProxyConfig',
    plural: 'proxyconfigs',
    schema: proxyConfigSchema,
  }),
  'install.istio.io/IstioOperator': defineKind({
    group: 'install.istio.io',
    kind: 'IstioOperator',
    plural: 'istiooperators',
    versions: ['v1alpha1'],
    namespaced: true,
    schema: istioOperatorSchema,
    keep: 'whole',
    onlyInFiles:
      'no cluster serves it since Istio 1.24: it is the input of istioctl',
  }),
  'telemetry.istio.io/Telemetry': defineKind({
    group: 'telemetry.istio.io',
    versions: ['v1', 'v1alpha1'],
    namespaced: true,
    keep: 'whole',
    kind: 'Telemetry',
    plural: 'telemetries',
    schema: telemetrySchema,
  }),
  'extensions.istio.io/WasmPlugin': defineKind({
    group: 'extensions.istio.io',
    versions: ['v1alpha1'],
    namespaced: true,
    keep: 'whole',
    kind: 'WasmPlugin',
    plural: 'wasmplugins',
    schema: proxyExtensionSchema,
  }),
  'extensions.istio.io/TrafficExtension': defineKind({
    group: 'extensions.istio.io',
    versions: ['v1alpha1'],
    namespaced: true,
    keep: 'whole',
    kind: 'TrafficExtension',
    plural: 'trafficextensions',
    schema: proxyExtensionSchema,
  }),
};
