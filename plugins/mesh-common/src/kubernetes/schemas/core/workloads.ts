import { z } from 'zod';
import {
  intOrStringSchema,
  labelSelectorSchema,
  metadataSchema,
  objectSchema,
} from '../objects';
import { podSpecFields } from './pods';

export const workloadControllerSchema = objectSchema({
  spec: z.object({
    replicas: z.number().optional(),
    selector: labelSelectorSchema.optional(),
    template: z.object({
      metadata: metadataSchema
        .omit({ name: true })
        .default({ labels: {}, annotations: {}, ownerReferences: [] }),
      spec: z
        .object(podSpecFields)
        .default({ containers: [], initContainers: [] }),
    }),
  }),
  status: z
    .object({
      replicas: z.number().optional(),
      readyReplicas: z.number().optional(),
      availableReplicas: z.number().optional(),
      // Of a workload that is well, they tell nothing that its numbers do not.
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            message: z.string().optional(),
          }),
        )
        .transform(all => all.filter(isReplicaFailure))
        .optional(),
    })
    .optional(),
});

/** Pods are asked for and cannot be made: a quota or a webhook is against it. */
function isReplicaFailure({ type, status }: { type: string; status: string }) {
  return type === 'ReplicaFailure' && status === 'True';
}

export const podDisruptionBudgetSchema = objectSchema({
  spec: z
    .object({
      selector: labelSelectorSchema.optional(),
      minAvailable: intOrStringSchema.optional(),
      maxUnavailable: intOrStringSchema.optional(),
    })
    .optional(),
});

export const horizontalPodAutoscalerSchema = objectSchema({
  spec: z.object({
    scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
    minReplicas: z.number().optional(),
    maxReplicas: z.number(),
  }),
});
