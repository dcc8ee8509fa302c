import { defineKind } from '../kubernetes/defineKind';
import { backendTlsPolicySchema } from './backendTlsPolicySchema';
import {
  connectionRouteSchema,
  gatewayApiGatewaySchema,
  gatewayClassSchema,
  grpcRouteSchema,
  httpRouteSchema,
  listenerSetSchema,
  referenceGrantSchema,
} from './schemas';

const gatewayApi = {
  group: 'gateway.networking.k8s.io',
  namespaced: true,
  keep: 'whole',
} as const;

/** What is read of the kinds of the Gateway API. */
export const GATEWAY_API_KINDS = {
  'gateway.networking.k8s.io/Gateway': defineKind({
    ...gatewayApi,
    versions: ['v1', 'v1beta1'],
    kind: 'Gateway',
    plural: 'gateways',
    schema: gatewayApiGatewaySchema,
  }),
  'gateway.networking.k8s.io/GatewayClass': defineKind({
    ...gatewayApi,
    namespaced: false,
    versions: ['v1', 'v1beta1'],
    kind: 'GatewayClass',
    plural: 'gatewayclasses',
    schema: gatewayClassSchema,
  }),
  'gateway.networking.k8s.io/HTTPRoute': defineKind({
    ...gatewayApi,
    versions: ['v1', 'v1beta1'],
    kind: 'HTTPRoute',
    plural: 'httproutes',
    schema: httpRouteSchema,
  }),
  'gateway.networking.k8s.io/GRPCRoute': defineKind({
    ...gatewayApi,
    versions: ['v1'],
    kind: 'GRPCRoute',
    plural: 'grpcroutes',
    schema: grpcRouteSchema,
  }),
  'gateway.networking.k8s.io/TLSRoute': defineKind({
    ...gatewayApi,
    versions: ['v1', 'v1alpha3', 'v1alpha2'],
    kind: 'TLSRoute',
    plural: 'tlsroutes',
    schema: connectionRouteSchema,
  }),
  'gateway.networking.k8s.io/TCPRoute': defineKind({
    ...gatewayApi,
    versions: ['v1', 'v1alpha2'],
    kind: 'TCPRoute',
    plural: 'tcproutes',
    schema: connectionRouteSchema,
  }),
  'gateway.networking.k8s.io/ReferenceGrant': defineKind({
    ...gatewayApi,
    versions: ['v1', 'v1beta1'],
    kind: 'ReferenceGrant',
    plural: 'referencegrants',
    schema: referenceGrantSchema,
  }),
  'gateway.networking.k8s.io/BackendTLSPolicy': defineKind({
    ...gatewayApi,
    versions: ['v1', 'v1alpha3'],
    kind: 'BackendTLSPolicy',
    plural: 'backendtlspolicies',
    schema: backendTlsPolicySchema,
  }),
  'gateway.networking.k8s.io/ListenerSet': defineKind({
    ...gatewayApi,
    versions: ['v1'],
    kind: 'ListenerSet',
    plural: 'listenersets',
    schema: listenerSetSchema,
  }),
  /** Of the experimental kind there is no schema to compare it with. */
  'gateway.networking.x-k8s.io/XListenerSet': defineKind({
    group: 'gateway.networking.x-k8s.io',
    versions: ['v1alpha1'],
    namespaced: true,
    keep: 'read-fields',
    kind: 'XListenerSet',
    plural: 'xlistenersets',
    schema: listenerSetSchema,
  }),
};
