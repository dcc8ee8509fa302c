import { z } from 'zod';
import { decodeBase64 } from '../certificate';
import { WITHHELD } from '../core';
import {
  conditionSchema,
  intOrStringSchema,
  labelSelectorSchema,
  metadataSchema,
  objectSchema,
} from './objects';

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

const podSpecFields = {
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

export const namespaceSchema = objectSchema({
  status: z.object({ phase: z.string().optional() }).optional(),
});

export const serviceSchema = objectSchema({
  spec: z
    .object({
      type: z.string().optional(),
      clusterIP: z.string().optional(),
      clusterIPs: z.array(z.string()).optional(),
      externalName: z.string().optional(),
      trafficDistribution: z.string().optional(),
      selector: z.record(z.string(), z.string()).optional(),
      ports: z
        .array(
          z.object({
            name: z.string().optional(),
            port: z.number(),
            targetPort: intOrStringSchema.optional(),
            protocol: z.string().default('TCP'),
            appProtocol: z.string().optional(),
          }),
        )
        .default([]),
    })
    .default({ ports: [] }),
  status: z
    .object({
      conditions: z.array(conditionSchema).default([]),
      loadBalancer: z
        .object({
          ingress: z
            .array(
              z.object({
                ip: z.string().optional(),
                hostname: z.string().optional(),
              }),
            )
            .optional(),
        })
        .optional(),
    })
    .optional(),
});

export const workloadControllerSchema = objectSchema({
  spec: z.object({
    replicas: z.number().optional(),
    selector: labelSelectorSchema.optional(),
    template: z.object({
      metadata: metadataSchema
        .omit({ name: true })
        .default({ labels: {}, annotations: {}, ownerReferences: [] }),
      spec: z
        .object(podSpecFields)
        .default({ containers: [], initContainers: [] }),
    }),
  }),
  status: z
    .object({
      replicas: z.number().optional(),
      readyReplicas: z.number().optional(),
      availableReplicas: z.number().optional(),
      // Of a workload that is well, they tell nothing that its numbers do not.
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            message: z.string().optional(),
          }),
        )
        .transform(all => all.filter(isReplicaFailure))
        .optional(),
    })
    .optional(),
});

/** Pods are asked for and cannot be made: a quota or a webhook is against it. */
function isReplicaFailure({ type, status }: { type: string; status: string }) {
  return type === 'ReplicaFailure' && status === 'True';
}

export const configMapSchema = objectSchema({
  data: z.record(z.string(), z.string()).optional(),
});

export const webhookConfigurationSchema = objectSchema({
  webhooks: z
    .array(
      z.object({
        name: z.string(),
        failurePolicy: z.string().optional(),
        namespaceSelector: labelSelectorSchema.optional(),
        objectSelector: labelSelectorSchema.optional(),
        clientConfig: z
          .object({
            url: z.string().optional(),
            caBundle: z.string().optional(),
            service: z
              .object({ name: z.string(), namespace: z.string() })
              .optional(),
          })
          .optional(),
      }),
    )
    .default([]),
});

/** Of a value of a Secret the certificate that it is, or that it is there; nothing else is kept. */
function withoutSecrets(text: string | undefined): string {
  if (text === '') {
    return '';
  }
  return text?.includes('-----BEGIN CERTIFICATE-----') &&
    !text.includes('PRIVATE KEY')
    ? text
    : WITHHELD;
}

const secretValuesSchema = z.record(z.string(), z.string()).default({});

export const secretSchema = objectSchema({
  type: z.string().optional(),
  data: secretValuesSchema.transform(values =>
    mapValues(values, value => withoutSecrets(decodeText(value))),
  ),
  stringData: secretValuesSchema.transform(values =>
    mapValues(values, withoutSecrets),
  ),
});

function decodeText(base64: string): string | undefined {
  const bytes = decodeBase64(base64);
  return bytes && new TextDecoder().decode(bytes);
}

function mapValues(
  values: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, change(value)]),
  );
}

/** What rules read of a Node: where it is (its labels), which addresses its pods get, and what runs them. */
export const nodeSchema = objectSchema({
  spec: z.object({ podCIDRs: z.array(z.string()).default([]) }).prefault({}),
  status: z
    .object({
      nodeInfo: z
        .object({ containerRuntimeVersion: z.string().optional() })
        .optional(),
    })
    .optional(),
});

/** What rules read of a role, and of a binding to one, is that it exists: what it allows to whom is not kept. */
export const roleSchema = objectSchema({});

export const apiServiceSchema = objectSchema({
  status: z
    .object({
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
          }),
        )
        .default([]),
    })
    .prefault({}),
});

/** What rules read of Endpoints is whether there are any. */
export const endpointsSchema = objectSchema({
  subsets: z.array(z.object({})).default([]),
});

/** What rules read of a ServiceAccount is that it exists. */
export const serviceAccountSchema = objectSchema({});

/** A CustomResourceDefinition, by which the mirror learns that a kind came or went. */
export const customResourceDefinitionSchema = objectSchema({
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string(), plural: z.string() }),
    versions: z.array(z.object({ name: z.string(), served: z.boolean() })),
  }),
});

export const podDisruptionBudgetSchema = objectSchema({
  spec: z
    .object({
      selector: labelSelectorSchema.optional(),
      minAvailable: intOrStringSchema.optional(),
      maxUnavailable: intOrStringSchema.optional(),
    })
    .optional(),
});

export const horizontalPodAutoscalerSchema = objectSchema({
  spec: z.object({
    scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
    minReplicas: z.number().optional(),
    maxReplicas: z.number(),
  }),
});

export const networkPolicySchema = objectSchema({
  spec: z
    .object({
      podSelector: labelSelectorSchema.optional(),
      policyTypes: z.array(z.string()).optional(),
    })
    .optional(),
});
