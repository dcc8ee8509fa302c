import { InputError } from '@backstage/errors';
import {
  fieldPath,
  namespaceNameSchema,
  policyIntentSchema,
  serviceAccountNameSchema,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';

/** A form leaves behind empty texts and objects for what was not filled in. */
function filledIn(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(filledIn);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, filledIn(member)])
      .filter(([, member]) => member !== '' && member !== null),
  );
}

function text(max: number) {
  return z
    .string()
    .min(1)
    .max(max, {
      error: ({ input }) =>
        `${String(input).length} characters, at most ${max} are allowed`,
    })
    .refine(value => !/\p{Cc}|[\u2028\u2029]/u.test(value), {
      error: 'is a single line, without control characters',
    });
}

const callerSchema = z.strictObject({
  entityRef: text(300),
  serviceAccount: serviceAccountNameSchema.optional(),
  namespace: namespaceNameSchema.optional(),
});

/** A caller as the form has it. */
export type CallerInput = z.output<typeof callerSchema>;

const inputSchema = policyIntentSchema.omit({ callers: true }).extend({
  cluster: text(253),
  namespace: namespaceNameSchema,
  callers: z.array(callerSchema).max(100).default([]),
  owner: text(300).optional(),
  description: text(500).optional(),
  overwrite: z.boolean().default(false),
  targetPath: text(1000).default('.'),
});

export type PolicyInput = z.output<typeof inputSchema>;

/** Reads the input of the action. Throws InputError that names each input which is wrong, and why. */
export function readInput(input: unknown): PolicyInput {
  const result = inputSchema.safeParse(filledIn(input));
  if (!result.success) {
    throw new InputError(
      result.error.issues
        .map(({ path, message }) => `${fieldPath(path) || 'input'}: ${message}`)
        .join('; '),
    );
  }
  return result.data;
}
