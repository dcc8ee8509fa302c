import { z } from 'zod';
import {
  labelSelectorSchema,
  objectSchema,
} from '../../kubernetes/schemas/objects';
import {
  istioStatusSchema,
  policyTargetReferenceSchema,
  providersSchema,
  stringMap,
  workloadSelectorSchema,
} from './shared';

export const envoyFilterSchema = objectSchema({
  spec: z
    .object({
      workloadSelector: z.object({ labels: stringMap.optional() }).optional(),
      targetRefs: z.array(policyTargetReferenceSchema).optional(),
      priority: z.number().optional(),
      configPatches: z
        .array(
          z.object({
            applyTo: z.string().optional(),
            match: z
              .object({
                proxy: z
                  .object({ proxyVersion: z.string().optional() })
                  .optional(),
                listener: z
                  .object({
                    filterChain: z
                      .object({
                        filter: z
                          .object({ name: z.string().optional() })
                          .optional(),
                      })
                      .optional(),
                  })
                  .optional(),
              })
              .optional(),
            patch: z
              .object({
                operation: z.string().optional(),
                value: z.record(z.string(), z.unknown()).optional(),
              })
              .optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

export const istioOperatorSchema = objectSchema({
  spec: z
    .object({
      profile: z.string().optional(),
      values: z.looseObject({}).optional(),
    })
    .optional(),
});

export const telemetrySchema = objectSchema({
  spec: z
    .object({
      selector: workloadSelectorSchema.optional(),
      targetRef: policyTargetReferenceSchema.optional(),
      targetRefs: z.array(policyTargetReferenceSchema).optional(),
      accessLogging: z
        .array(
          z.object({
            disabled: z.boolean().optional(),
            providers: providersSchema,
          }),
        )
        .optional(),
      tracing: z.array(z.object({ providers: providersSchema })).optional(),
      metrics: z
        .array(z.object({ overrides: z.array(z.unknown()).optional() }))
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

export const proxyConfigSchema = objectSchema({
  spec: z
    .object({
      selector: workloadSelectorSchema.optional(),
      image: z.object({ imageType: z.string().optional() }).optional(),
    })
    .optional(),
});

export const proxyExtensionSchema = objectSchema({
  spec: z
    .object({
      workloadSelector: z.object({ labels: stringMap.optional() }).optional(),
      selector: labelSelectorSchema.optional(),
      targetRef: policyTargetReferenceSchema.optional(),
      targetRefs: z.array(policyTargetReferenceSchema).optional(),
    })
    .optional(),
  status: istioStatusSchema,
});
