export {
  apiServiceSchema,
  configMapSchema,
  customResourceDefinitionSchema,
  namespaceSchema,
  nodeSchema,
  roleSchema,
  secretSchema,
  serviceAccountSchema,
  webhookConfigurationSchema,
} from './cluster';
export { endpointsSchema, networkPolicySchema, serviceSchema } from './network';
export { podSchema } from './pods';
export {
  horizontalPodAutoscalerSchema,
  podDisruptionBudgetSchema,
  workloadControllerSchema,
} from './workloads';
