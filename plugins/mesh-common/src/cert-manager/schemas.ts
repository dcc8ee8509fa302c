import { z } from 'zod';
import { conditionSchema, objectSchema } from '../kubernetes/schemas/objects';

export const certManagerCertificateSchema = objectSchema({
  spec: z.object({
    secretName: z.string(),
    isCA: z.boolean().optional(),
  }),
  status: z
    .object({
      notBefore: z.string().optional(),
      notAfter: z.string().optional(),
      renewalTime: z.string().optional(),
      conditions: z.array(conditionSchema).default([]),
    })
    .optional(),
});
