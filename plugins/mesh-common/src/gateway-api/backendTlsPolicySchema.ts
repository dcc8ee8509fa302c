import { z } from 'zod';
import { conditionSchema, objectSchema } from '../kubernetes/schemas/objects';
import { parentReferenceSchema } from './schemas';

export const backendTlsPolicySchema = objectSchema({
  spec: z
    .object({
      targetRefs: z
        .array(
          z.object({
            group: z.string().optional(),
            kind: z.string(),
            name: z.string(),
            sectionName: z.string().optional(),
          }),
        )
        .optional(),
      validation: z
        .object({
          caCertificateRefs: z
            .array(
              z.object({
                group: z.string().optional(),
                kind: z.string(),
                name: z.string(),
              }),
            )
            .optional(),
          wellKnownCACertificates: z.string().optional(),
          hostname: z.string().optional(),
          subjectAltNames: z
            .array(
              z.object({
                type: z.string(),
                hostname: z.string().optional(),
                uri: z.string().optional(),
              }),
            )
            .optional(),
        })
        .optional(),
    })
    .optional(),
  status: z
    .object({
      ancestors: z
        .array(
          z.object({
            ancestorRef: parentReferenceSchema,
            controllerName: z.string().optional(),
            conditions: z.array(conditionSchema).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});
