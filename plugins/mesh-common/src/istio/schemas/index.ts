export {
  connectionPoolSchema,
  destinationRuleSchema,
  localityLbSettingSchema,
  outlierDetectionSchema,
} from './destinationRule';
export {
  gatewaySchema,
  serviceEntrySchema,
  sidecarSchema,
  workloadEntrySchema,
  workloadGroupSchema,
} from './networking';
export {
  envoyFilterSchema,
  istioOperatorSchema,
  proxyConfigSchema,
  proxyExtensionSchema,
  telemetrySchema,
} from './proxies';
export {
  authorizationPolicySchema,
  peerAuthenticationSchema,
  requestAuthenticationSchema,
} from './security';
export { virtualServiceSchema } from './virtualService';
