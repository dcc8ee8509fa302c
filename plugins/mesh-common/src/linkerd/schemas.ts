import { z } from 'zod';
import {
  conditionSchema,
  intOrStringSchema,
  labelSelectorSchema,
  objectSchema,
} from '../kubernetes/schemas/objects';
import { RequestMatch } from './objects';

/*
 * The fields of Linkerd's kinds that rules read, as the linkerd-crds chart defines them
 * (all served versions of a kind share the fields that are here).
 */
const serviceAccountSchema = z.object({
  name: z.string(),
  namespace: z.string().optional(),
});

const networkSchema = z.object({
  cidr: z.string(),
  except: z.array(z.string()).optional(),
});

const targetRefSchema = z.object({
  group: z.string().optional(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
});

export const serverSchema = objectSchema({
  spec: z.object({
    podSelector: labelSelectorSchema.optional(),
    externalWorkloadSelector: labelSelectorSchema.optional(),
    port: intOrStringSchema,
    proxyProtocol: z.string().optional(),
    accessPolicy: z.string().optional(),
  }),
});

export const serverAuthorizationSchema = objectSchema({
  spec: z.object({
    server: z.object({
      name: z.string().optional(),
      selector: labelSelectorSchema.optional(),
    }),
    client: z
      .object({
        networks: z.array(networkSchema).optional(),
        unauthenticated: z.boolean().optional(),
        meshTLS: z
          .object({
            unauthenticatedTLS: z.boolean().optional(),
            identities: z.array(z.string()).optional(),
            serviceAccounts: z.array(serviceAccountSchema).optional(),
          })
          .optional(),
      })
      .optional(),
  }),
});

export const linkerdAuthorizationPolicySchema = objectSchema({
  spec: z.object({
    targetRef: targetRefSchema,
    requiredAuthenticationRefs: z.array(targetRefSchema).optional(),
  }),
});

export const meshTlsAuthenticationSchema = objectSchema({
  spec: z.object({
    identities: z.array(z.string()).optional(),
    identityRefs: z.array(targetRefSchema).optional(),
  }),
});

export const networkAuthenticationSchema = objectSchema({
  spec: z.object({ networks: z.array(networkSchema).optional() }),
});

export const egressNetworkSchema = objectSchema({
  spec: z.object({
    trafficPolicy: z.string().optional(),
    networks: z.array(networkSchema).optional(),
  }),
  status: z
    .object({ conditions: z.array(conditionSchema).optional() })
    .optional(),
});

export const httpLocalRateLimitPolicySchema = objectSchema({
  spec: z.object({
    targetRef: targetRefSchema,
    total: z.object({ requestsPerSecond: z.number() }).optional(),
    identity: z.object({ requestsPerSecond: z.number() }).optional(),
    overrides: z
      .array(
        z.object({
          requestsPerSecond: z.number(),
          clientRefs: z.array(targetRefSchema).optional(),
        }),
      )
      .optional(),
  }),
  status: z
    .object({ conditions: z.array(conditionSchema).optional() })
    .optional(),
});

export const externalWorkloadSchema = objectSchema({
  spec: z
    .object({
      meshTLS: z
        .object({
          identity: z.string().optional(),
          serverName: z.string().optional(),
        })
        .optional(),
      ports: z
        .array(
          z.object({
            name: z.string().optional(),
            port: z.number(),
            protocol: z.string().optional(),
          }),
        )
        .optional(),
      workloadIPs: z.array(z.object({ ip: z.string() })).optional(),
    })
    .optional(),
  status: z
    .object({ conditions: z.array(conditionSchema).optional() })
    .optional(),
});

const linkedServiceSchema = z.object({
  controllerName: z.string().optional(),
  remoteRef: z
    .object({ name: z.string(), namespace: z.string().optional() })
    .optional(),
  conditions: z.array(conditionSchema).optional(),
});

export const multiclusterLinkSchema = objectSchema({
  spec: z
    .object({
      targetClusterName: z.string().optional(),
      targetClusterDomain: z.string().optional(),
      targetClusterLinkerdNamespace: z.string().optional(),
      clusterCredentialsSecret: z.string().optional(),
      gatewayAddress: z.string().optional(),
      gatewayIdentity: z.string().optional(),
      gatewayPort: intOrStringSchema.optional(),
      selector: labelSelectorSchema.optional(),
      remoteDiscoverySelector: labelSelectorSchema.optional(),
      federatedServiceSelector: labelSelectorSchema.optional(),
    })
    .optional(),
  status: z
    .object({
      mirrorServices: z.array(linkedServiceSchema).optional(),
      federatedServices: z.array(linkedServiceSchema).optional(),
    })
    .optional(),
});

const requestMatchSchema: z.ZodType<RequestMatch> = z.lazy(() =>
  z.object({
    pathRegex: z.string().optional(),
    method: z.string().optional(),
    all: z.array(requestMatchSchema).optional(),
    any: z.array(requestMatchSchema).optional(),
    not: requestMatchSchema.optional(),
  }),
);

export const serviceProfileSchema = objectSchema({
  spec: z
    .object({
      routes: z
        .array(
          z.object({
            name: z.string().optional(),
            condition: requestMatchSchema.optional(),
            isRetryable: z.boolean().optional(),
            timeout: z.string().optional(),
          }),
        )
        .optional(),
      retryBudget: z
        .object({
          retryRatio: z.number().optional(),
          minRetriesPerSecond: z.number().optional(),
          ttl: z.string().optional(),
        })
        .optional(),
      dstOverrides: z
        .array(
          z.object({
            authority: z.string(),
            weight: z.union([z.number(), z.string()]).optional(),
          }),
        )
        .optional(),
      opaquePorts: z.unknown().optional(),
    })
    .optional(),
});

export const trafficSplitSchema = objectSchema({
  spec: z
    .object({
      service: z.string().optional(),
      backends: z
        .array(
          z.object({
            service: z.string().optional(),
            weight: z.union([z.number(), z.string()]).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});
