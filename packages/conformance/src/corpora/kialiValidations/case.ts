import { z } from 'zod';

const labels = z.record(z.string(), z.string());

const podSchema = z.object({
  name: z.string(),
  labels: labels.default({}),
  annotations: labels.default({}),
});

export const workloadSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  labels: labels.default({}),
  isAmbient: z.boolean().default(false),
  istioSidecar: z.boolean().default(false),
  pods: z.array(podSchema).optional(),
});

const namespaceSchema = z.union([
  z.string().transform(name => ({ name, isAmbient: false, labels: {} })),
  z.object({
    name: z.string(),
    isAmbient: z.boolean().default(false),
    labels: labels.default({}),
  }),
]);

/** What a checker of Kiali is given beside objects. */
export const contextSchema = z.object({
  namespaces: z.array(namespaceSchema).optional(),
  workloadsPerNamespace: z
    .record(z.string(), z.array(workloadSchema))
    .default({}),
  workload: workloadSchema.optional(),
  gatewayClasses: z.array(z.object({ className: z.string() })).default([]),
  cluster: z.string().default('Kubernetes'),
  identityDomain: z.string().optional(),
  rootNamespace: z.string().optional(),
  rootNamespaces: z.record(z.string(), z.string()).default({}),
  mtlsDetails: z.object({ enabledAutoMtls: z.boolean() }).optional(),
  policyAllowAny: z.boolean().optional(),
  isGatewayToNamespace: z.boolean().default(false),
  knownTrustDomains: z.array(z.string()).default([]),
  /** The identities of each cluster. */
  serviceAccounts: z.record(z.string(), z.array(z.string())).default({}),
  meshDiscovery: z
    .object({ isControlPlaneReturn: z.boolean() })
    .default({ isControlPlaneReturn: false }),
});

const objectSchema = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
});

export const validationsCase = z.object({
  id: z.string(),
  checker: z.string(),
  input_yaml: z.string(),
  extra_yaml: z.string().default(''),
  context: contextSchema,
  complete: z.boolean(),
  expect: z.array(objectSchema.extend({ code: z.string() })),
  must_not: z.array(
    objectSchema.extend({
      codes: z.union([z.literal('*'), z.array(z.string())]),
    }),
  ),
});

export type ValidationsCase = z.infer<typeof validationsCase>;
export type CaseContext = z.infer<typeof contextSchema>;
export type CaseWorkload = z.infer<typeof workloadSchema>;
