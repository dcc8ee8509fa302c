import { httpRouteSchema } from '../gateway-api/schemas';
import { defineKind } from '../kubernetes/defineKind';
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
} from './schemas';

const linkerdPolicy = {
  group: 'policy.linkerd.io',
  namespaced: true,
  keep: 'whole',
} as const;

/** What is read of Linkerd's kinds, and of SMI's, which its earlier versions took. */
export const LINKERD_KINDS = {
  'policy.linkerd.io/Server': defineKind({
    ...linkerdPolicy,
    versions: ['v1beta3', 'v1beta2', 'v1beta1'],
    kind: 'Server',
    plural: 'servers',
    schema: serverSchema,
  }),
  'policy.linkerd.io/ServerAuthorization': defineKind({
    ...linkerdPolicy,
    versions: ['v1beta1'],
    kind: 'ServerAuthorization',
    plural: 'serverauthorizations',
    schema: serverAuthorizationSchema,
  }),
  'policy.linkerd.io/AuthorizationPolicy': defineKind({
    ...linkerdPolicy,
    versions: ['v1alpha1'],
    kind: 'AuthorizationPolicy',
    plural: 'authorizationpolicies',
    schema: linkerdAuthorizationPolicySchema,
  }),
  'policy.linkerd.io/MeshTLSAuthentication': defineKind({
    ...linkerdPolicy,
    versions: ['v1alpha1'],
    kind: 'MeshTLSAuthentication',
    plural: 'meshtlsauthentications',
    schema: meshTlsAuthenticationSchema,
  }),
  'policy.linkerd.io/NetworkAuthentication': defineKind({
    ...linkerdPolicy,
    versions: ['v1alpha1'],
    kind: 'NetworkAuthentication',
    plural: 'networkauthentications',
    schema: networkAuthenticationSchema,
  }),
  'policy.linkerd.io/HTTPRoute': defineKind({
    ...linkerdPolicy,
    versions: ['v1beta3', 'v1beta2', 'v1beta1', 'v1alpha1'],
    kind: 'HTTPRoute',
    plural: 'httproutes',
    schema: httpRouteSchema,
  }),
  'policy.linkerd.io/EgressNetwork': defineKind({
    ...linkerdPolicy,
    versions: ['v1alpha1'],
    kind: 'EgressNetwork',
    plural: 'egressnetworks',
    schema: egressNetworkSchema,
  }),
  'policy.linkerd.io/HTTPLocalRateLimitPolicy': defineKind({
    ...linkerdPolicy,
    versions: ['v1alpha1'],
    kind: 'HTTPLocalRateLimitPolicy',
    plural: 'httplocalratelimitpolicies',
    schema: httpLocalRateLimitPolicySchema,
  }),
  'workload.linkerd.io/ExternalWorkload': defineKind({
    group: 'workload.linkerd.io',
    versions: ['v1beta1', 'v1alpha1'],
    namespaced: true,
    keep: 'whole',
    kind: 'ExternalWorkload',
    plural: 'externalworkloads',
    schema: externalWorkloadSchema,
  }),
  'multicluster.linkerd.io/Link': defineKind({
    group: 'multicluster.linkerd.io',
    versions: ['v1alpha3', 'v1alpha2', 'v1alpha1'],
    namespaced: true,
    keep: 'whole',
    kind: 'Link',
    plural: 'links',
    schema: multiclusterLinkSchema,
  }),
  'linkerd.io/ServiceProfile': defineKind({
    group: 'linkerd.io',
    versions: ['v1alpha2'],
    namespaced: true,
    keep: 'whole',
    kind: 'ServiceProfile',
    plural: 'serviceprofiles',
    schema: serviceProfileSchema,
  }),
  'split.smi-spec.io/TrafficSplit': defineKind({
    group: 'split.smi-spec.io',
    versions: ['v1alpha2', 'v1alpha1'],
    namespaced: true,
    keep: 'whole',
    kind: 'TrafficSplit',
    plural: 'trafficsplits',
    schema: trafficSplitSchema,
    onlyInFiles: 'SMI is archived, and no mesh reads its objects any more',
  }),
};
