import { z } from 'zod';
import { conditionSchema } from '../../kubernetes/schemas/objects';

/*
 * The fields of Istio's kinds that rules read, as istio.io/api defines them (networking, security and
 * extensions; all served versions share one shape). Everything is optional, as in the API itself.
 */
export const strings = z.array(z.string());

export const stringMap = z.record(z.string(), z.string());

/** A duration as Istio writes it, `1.5s`. */
export const duration = z.string();

export const workloadSelectorSchema = z.object({
  matchLabels: stringMap.optional(),
});

export const policyTargetReferenceSchema = z.object({
  group: z.string().optional(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
});

export const istioStatusSchema = z
  .object({
    conditions: z.array(conditionSchema).optional(),
    validationMessages: z.array(z.unknown()).optional(),
  })
  .optional();

export const mtlsModeSchema = z.object({
  mode: z.enum(['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT']).optional(),
});

export const stringMatchSchema = z.object({
  exact: z.string().optional(),
  prefix: z.string().optional(),
  regex: z.string().optional(),
});

export const portSelectorSchema = z.object({ number: z.number().optional() });

export const percentSchema = z.object({ value: z.number().optional() });

export const providersSchema = z
  .array(z.object({ name: z.string().optional() }))
  .optional();
