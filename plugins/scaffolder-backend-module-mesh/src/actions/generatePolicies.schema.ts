import type { z as Zod } from 'zod/v3';

/*
 * What the editor of templates shows. It says what there is; what the values may be is said by `readInput`,
 * in words.
 */

const resilience = (z: typeof Zod) =>
  z
    .object({
      timeout: z
        .string()
        .optional()
        .describe('Until a request is given up, such as 3s'),
      retries: z
        .object({
          attempts: z.number().describe('How often, at most'),
          perTryTimeout: z
            .string()
            .optional()
            .describe('Until one try is given up, such as 1s'),
          idempotent: z
            .boolean()
            .optional()
            .describe('Whether requests may be sent twice without harm'),
        })
        .optional(),
      circuitBreaker: z
        .object({
          consecutiveErrors: z
            .number()
            .describe('Errors in a row after which an endpoint is left out'),
          ejectionTime: z
            .string()
            .optional()
            .describe('For how long at first, such as 30s'),
        })
        .optional(),
      maxConnections: z
        .number()
        .optional()
        .describe('Connections that a proxy of a caller opens at most'),
    })
    .optional()
    .describe('What callers do when the service is slow or fails');

const callers = (z: typeof Zod) =>
  z
    .array(
      z.object({
        entityRef: z.string().describe('The entity that calls'),
        serviceAccount: z
          .string()
          .optional()
          .describe(
            'The account that it runs under; needed where it has no pods on the cluster',
          ),
        namespace: z
          .string()
          .optional()
          .describe(
            'The namespace that it runs in. Default: that of its pods, else that of the service',
          ),
      }),
    )
    .optional()
    .describe('Who may call; nobody else may');

export const inputFields = {
  name: (z: typeof Zod) =>
    z.string().describe('Name of the service, and of all that is generated'),
  cluster: (z: typeof Zod) =>
    z.string().describe('Name of the cluster, as the Kubernetes plugin has it'),
  namespace: (z: typeof Zod) => z.string().describe('Namespace on the cluster'),
  port: (z: typeof Zod) =>
    z.number().describe('Port that the service listens on'),
  protocol: (z: typeof Zod) =>
    z.enum(['http', 'grpc', 'tcp']).optional().describe('Default: http'),
  callers,
  probes: (z: typeof Zod) =>
    z
      .array(z.string())
      .optional()
      .describe('Paths of the HTTP probes of the kubelet'),
  resilience,
  owner: (z: typeof Zod) =>
    z
      .string()
      .optional()
      .describe('Owner; with one, catalog-info.yaml is written too'),
  description: (z: typeof Zod) =>
    z.string().optional().describe('Of the entity, in a sentence'),
  overwrite: (z: typeof Zod) =>
    z
      .boolean()
      .optional()
      .describe(
        'Whether objects of the same names that are there already are meant to be replaced. Default: false, which refuses',
      ),
  targetPath: (z: typeof Zod) =>
    z
      .string()
      .optional()
      .describe('Folder of the workspace to write to. Default: its root'),
};

export const outputFields = {
  paths: (z: typeof Zod) =>
    z.array(z.string()).describe('The files, by their paths in the workspace'),
  satisfied: (z: typeof Zod) =>
    z
      .array(
        z.object({
          id: z.string(),
          section: z.string(),
          item: z.string(),
          by: z.array(z.string()),
        }),
      )
      .describe('Items of the checklist that the manifests satisfy'),
  notes: (z: typeof Zod) =>
    z.array(z.string()).describe('What to know, and what is not generated'),
  mesh: (z: typeof Zod) => z.string().describe('Id of the mesh'),
  summary: (z: typeof Zod) =>
    z.string().describe('All of this as Markdown, for the page of the task'),
};
