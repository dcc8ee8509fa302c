import { RawObject, validate } from 'backstage-plugin-mesh-common';
import { vendoredSchemas } from 'backstage-plugin-mesh-common/schema';
import { z } from 'zod';
import { Comparison, corpus } from '../corpus';

const validationCase = z.object({
  id: z.string(),
  valid: z.boolean(),
  /** A part of the reason. */
  errorContains: z.string().optional(),
  object: z.looseObject({ apiVersion: z.string(), kind: z.string() }),
});

/** What the API server, asked strictly as kubectl does, and istiod refuse of one object. */
export const istioValidation = corpus({
  name: 'istio-validation',
  schema: validationCase,
  compare(entry): Comparison {
    const reasons = reasonsOf(entry.object);
    const named = reasons.some(reason =>
      reason.includes(entry.errorContains ?? ''),
    );
    return {
      expected: { valid: entry.valid, reason: entry.errorContains },
      actual: {
        valid: reasons.length === 0,
        reason: named ? entry.errorContains : reasons.join('; ') || undefined,
      },
    };
  },
});

function reasonsOf(object: RawObject): string[] {
  const schemas = vendoredSchemas();
  const refused = validate(object, schemas).filter(
    ({ level }) => level === 'error',
  );
  return [...refused, ...schemas.unknownFields(object)].map(
    ({ field, message }) => `${field}: ${message}`,
  );
}
