import { z } from 'zod';
import { OBSERVATION_WINDOWS } from './observationWindows';

const entityName = z.string().min(1).max(253);

export const entityParams = z.object({
  kind: entityName,
  namespace: entityName,
  name: entityName,
});

export const windowQuery = z
  .enum(OBSERVATION_WINDOWS.map(String) as [string, ...string[]])
  .transform(Number)
  .optional()
  .meta({
    type: 'string',
    description: 'Length of the window in seconds',
  });

export const placeQuery = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\/[^/]+\/[^/]+)?$/)
  .optional()
  .meta({
    description:
      'The client from whose place to look: a namespace, or namespace/kind/name of a workload. Default: the namespace of each Service',
  });

const MAX_QUESTION = 6000;

/** The longest question fits into a URL beside the rest of it. */
export const walkQuery = z.string().min(2).max(MAX_QUESTION).meta({
  description:
    'The request that is asked about, as JSON: cluster, from {namespace, kind, name}, host, port, and where they matter protocol, method, path, headers, jwt (the claims of a token)',
});

export const ENTITY = '/entities/:kind/:namespace/:name';

export const itemParams = entityParams.extend({
  item: z.string().min(1).max(200).meta({
    description: 'The id of an item, as the checklist has it',
  }),
});
