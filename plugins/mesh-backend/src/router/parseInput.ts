import { InputError } from '@backstage/errors';
import { fieldPath } from 'backstage-plugin-mesh-common';
import { z } from 'zod';

/** Reads the parameters or the body of a request. Throws InputError that names the one that is wrong, and why. */
export function parseInput<S extends z.ZodType>(
  schema: S,
  place: 'path' | 'query' | 'body',
  input: unknown,
): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) {
    return result.data;
  }
  const what = place === 'body' ? 'body member' : `${place} parameter`;
  const messages = result.error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => `Unknown ${what} "${key}"`)
      : `Invalid ${what} "${fieldPath(issue.path) || place}": ${issue.message}`,
  );
  throw new InputError(messages.join('; '));
}
