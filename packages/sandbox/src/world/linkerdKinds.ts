import { z } from 'zod';
import { defineKind } from './kind';
import { labelSelectorSchema } from './selector';

const POLICY = 'policy.linkerd.io';

export const servers = defineKind(
  POLICY,
  'Server',
  z.object({
    spec: z.looseObject({
      podSelector: labelSelectorSchema.optional(),
      port: z.union([z.number(), z.string()]),
      proxyProtocol: z.string().default('unknown'),
      accessPolicy: z.string().default('deny'),
    }),
  }),
);

export type Server = ReturnType<typeof servers.list>[number];

const referenceSchema = z.looseObject({
  group: z.string().default(''),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
});

export const linkerdAuthorizationPolicies = defineKind(
  POLICY,
  'AuthorizationPolicy',
  z.object({
    spec: z.looseObject({
      targetRef: referenceSchema,
      requiredAuthenticationRefs: z.array(referenceSchema),
    }),
  }),
);

export const meshTlsAuthentications = defineKind(
  POLICY,
  'MeshTLSAuthentication',
  z.object({
    spec: z.looseObject({
      identities: z.array(z.string()).default([]),
      identityRefs: z.array(referenceSchema).default([]),
    }),
  }),
);

export const networkAuthentications = defineKind(
  POLICY,
  'NetworkAuthentication',
  z.object({
    spec: z.looseObject({
      networks: z.array(
        z.looseObject({
          cidr: z.string(),
          except: z.array(z.string()).default([]),
        }),
      ),
    }),
  }),
);

export const egressNetworks = defineKind(POLICY, 'EgressNetwork', z.object({}));

const conditionSchema = z.looseObject({
  pathRegex: z.string().optional(),
  method: z.string().optional(),
});

export const serviceProfiles = defineKind(
  'linkerd.io',
  'ServiceProfile',
  z.object({
    spec: z
      .looseObject({
        routes: z
          .array(
            z.looseObject({ name: z.string(), condition: conditionSchema }),
          )
          .default([]),
        dstOverrides: z
          .array(
            z.looseObject({
              authority: z.string(),
              weight: z.union([z.number(), z.string()]).transform(Number),
            }),
          )
          .default([]),
      })
      .default({ routes: [], dstOverrides: [] }),
  }),
);

export type ServiceProfile = ReturnType<typeof serviceProfiles.list>[number];
