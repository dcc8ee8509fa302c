import { z } from 'zod';

/** The part of an object's metadata that rules read. Absent maps and lists read as empty ones. */
export const metadataSchema = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  resourceVersion: z.string().optional(),
  generation: z.number().optional(),
  /** RFC 3339; absent on objects that come from files. */
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
  ownerReferences: z
    .array(
      z.object({
        apiVersion: z.string(),
        kind: z.string(),
        name: z.string(),
        controller: z.boolean().optional(),
      }),
    )
    .default([]),
});

export type ObjectMeta = z.infer<typeof metadataSchema>;

/** What every object has, whatever its kind. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** A Kubernetes label selector; `undefined` selects nothing, an empty one everything. */
export const labelSelectorSchema = z.object({
  matchLabels: z.record(z.string(), z.string()).optional(),
  matchExpressions: z
    .array(
      z.object({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});

export type LabelSelector = z.infer<typeof labelSelectorSchema>;

/** Kubernetes' IntOrString: a port number, or the name of a container port. */
export const intOrStringSchema = z.union([z.number(), z.string()]);

/** A condition as controllers write it. */
export const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  observedGeneration: z.number().optional(),
  lastTransitionTime: z.string().optional(),
});

export type Condition = z.infer<typeof conditionSchema>;

/** The schema of a kind: its metadata, and the fields that rules read. */
export function objectSchema<T extends z.ZodRawShape>(fields: T) {
  return z.object({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: metadataSchema,
    ...fields,
  });
}

/** The namespace of a namespaced object; parsing has given every one of them one. */
export function namespaceOf(object: KubernetesObject): string {
  return object.metadata.namespace ?? 'default';
}
