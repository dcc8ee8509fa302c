import { z } from 'zod';
import {
  conditionSchema,
  intOrStringSchema,
  labelSelectorSchema,
  objectSchema,
} from '../objects';

export const serviceSchema = objectSchema({
  spec: z
    .object({
      type: z.string().optional(),
      clusterIP: z.string().optional(),
      clusterIPs: z.array(z.string()).optional(),
      externalName: z.string().optional(),
      trafficDistribution: z.string().optional(),
      internalTrafficPolicy: z.string().optional(),
      publishNotReadyAddresses: z.boolean().optional(),
      sessionAffinity: z.string().optional(),
      selector: z.record(z.string(), z.string()).optional(),
      ports: z
        .array(
          z.object({
            name: z.string().optional(),
            port: z.number(),
            targetPort: intOrStringSchema.optional(),
            protocol: z.string().default('TCP'),
            appProtocol: z.string().optional(),
          }),
        )
        .default([]),
    })
    .default({ ports: [] }),
  status: z
    .object({
      conditions: z.array(conditionSchema).default([]),
      loadBalancer: z
        .object({
          ingress: z
            .array(
              z.object({
                ip: z.string().optional(),
                hostname: z.string().optional(),
              }),
            )
            .optional(),
        })
        .optional(),
    })
    .optional(),
});

/** What rules read of Endpoints is whether there are any. */
export const endpointsSchema = objectSchema({
  subsets: z.array(z.object({})).default([]),
});

export const networkPolicySchema = objectSchema({
  spec: z
    .object({
      podSelector: labelSelectorSchema.optional(),
      policyTypes: z.array(z.string()).optional(),
    })
    .optional(),
});
