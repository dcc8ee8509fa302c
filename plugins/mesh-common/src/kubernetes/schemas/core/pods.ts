import { z } from 'zod';
import { conditionSchema, intOrStringSchema, objectSchema } from '../objects';

const probeSchema = z.object({
  httpGet: z
    .object({
      path: z.string().optional(),
      port: intOrStringSchema,
      scheme: z.string().optional(),
    })
    .optional(),
  tcpSocket: z.object({ port: intOrStringSchema }).optional(),
  grpc: z.object({ port: z.number() }).optional(),
});

/** A quantity such as `250m` or `64Mi`; over files it may be a plain number. */
const quantitySchema = z.union([z.string(), z.number()]);

const resourcesSchema = z.object({
  cpu: quantitySchema.optional(),
  memory: quantitySchema.optional(),
});

const securityContextSchema = z
  .object({ runAsUser: z.number().optional() })
  .optional();

const containerSchema = z.object({
  name: z.string(),
  image: z.string().optional(),
  restartPolicy: z.string().optional(),
  ports: z
    .array(
      z.object({
        name: z.string().optional(),
        containerPort: z.number(),
        protocol: z.string().default('TCP'),
      }),
    )
    .default([]),
  env: z
    .array(z.object({ name: z.string(), value: z.string().optional() }))
    .default([])
    .transform(env => env.filter(({ name }) => isProxySetting(name))),
  args: z.array(z.string()).transform(domainArgument).optional(),
  resources: z
    .object({
      requests: resourcesSchema.optional(),
      limits: resourcesSchema.optional(),
    })
    .optional(),
  livenessProbe: probeSchema.optional(),
  readinessProbe: probeSchema.optional(),
  startupProbe: probeSchema.optional(),
  securityContext: securityContextSchema,
});

function isProxySetting(name: string): boolean {
  return /^(LINKERD2_PROXY_|ISTIO_META_|PILOT_|PROXY_CONFIG$|TRUST_DOMAIN$|CLUSTER_ID$|AMBIENT_ENABLE_MULTI_NETWORK(_WAYPOINT)?$|BLOCKED_CIDRS_IN_JWKS_URIS$|ENABLE_INGRESS_WAYPOINT_ROUTING$|ENABLE_TLS_ON_SIDECAR_INGRESS$|PREFER_DESTINATIONRULE_TLS_FOR_EXTERNAL_SERVICES$|_pod_|_l5d_)/.test(
    name,
  );
}

const DOMAIN = '--domain';

/** `--domain VALUE` (or `--domain=VALUE`) as one argument. */
function domainArgument(args: readonly string[]): string[] | undefined {
  const index = args.findIndex(
    arg => arg === DOMAIN || arg.startsWith(`${DOMAIN}=`),
  );
  if (index < 0) {
    return undefined;
  }
  return args[index] === DOMAIN
    ? [`${DOMAIN}=${args[index + 1] ?? ''}`]
    : [args[index]];
}

export const podSpecFields = {
  serviceAccountName: z.string().optional(),
  hostNetwork: z.boolean().optional(),
  automountServiceAccountToken: z.boolean().optional(),
  nodeName: z.string().optional(),
  securityContext: securityContextSchema,
  /** Of both only the keys by which pods are kept apart. */
  affinity: z
    .object({
      podAntiAffinity: z
        .object({
          requiredDuringSchedulingIgnoredDuringExecution: z
            .array(z.object({ topologyKey: z.string() }))
            .optional(),
          preferredDuringSchedulingIgnoredDuringExecution: z
            .array(
              z.object({
                podAffinityTerm: z.object({ topologyKey: z.string() }),
              }),
            )
            .optional(),
        })
        .optional(),
    })
    .optional(),
  topologySpreadConstraints: z
    .array(z.object({ topologyKey: z.string() }))
    .optional(),
  containers: z.array(containerSchema).default([]),
  initContainers: z.array(containerSchema).default([]),
};

const containerStatusSchema = z.object({
  name: z.string(),
  ready: z.boolean().default(false),
  started: z.boolean().optional(),
  state: z
    .object({
      terminated: z.object({ exitCode: z.number().optional() }).optional(),
    })
    .transform(state => (state.terminated ? state : undefined))
    .optional(),
});

/**
 * Reads a Pod as the API gives it.
 *
 * @public
 */
export const podSchema = objectSchema({
  spec: z.object(podSpecFields),
  status: z
    .object({
      phase: z.string().optional(),
      reason: z.string().optional(),
      podIP: z.string().optional(),
      conditions: z.array(conditionSchema).default([]),
      containerStatuses: z.array(containerStatusSchema).default([]),
      initContainerStatuses: z.array(containerStatusSchema).default([]),
    })
    .optional(),
});
