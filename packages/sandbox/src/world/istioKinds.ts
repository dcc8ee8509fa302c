import { z } from 'zod';
import { defineKind, type Item } from './kind';
import { labelsSchema } from './selector';

const NETWORKING = 'networking.istio.io';
const SECURITY = 'security.istio.io';

const stringMatchSchema = z.looseObject({
  exact: z.string().optional(),
  prefix: z.string().optional(),
  regex: z.string().optional(),
});

export type StringMatch = z.infer<typeof stringMatchSchema>;

const destinationSchema = z.looseObject({
  host: z.string(),
  subset: z.string().optional(),
  port: z.looseObject({ number: z.number() }).optional(),
});

const httpMatchSchema = z.looseObject({
  uri: stringMatchSchema.optional(),
  method: stringMatchSchema.optional(),
  headers: z.record(z.string(), stringMatchSchema).default({}),
  withoutHeaders: z.record(z.string(), stringMatchSchema).default({}),
  sourceLabels: labelsSchema.optional(),
  sourceNamespace: z.string().optional(),
  gateways: z.array(z.string()).optional(),
  port: z.number().optional(),
});

export type IstioHttpMatch = z.infer<typeof httpMatchSchema>;

const httpRuleSchema = z.looseObject({
  name: z.string().optional(),
  match: z.array(httpMatchSchema).default([]),
  route: z
    .array(
      z.looseObject({
        destination: destinationSchema,
        weight: z.number().default(0),
      }),
    )
    .default([]),
  fault: z
    .looseObject({
      abort: z
        .looseObject({
          httpStatus: z.number().optional(),
          percentage: z.looseObject({ value: z.number() }).optional(),
        })
        .optional(),
    })
    .optional(),
  directResponse: z.looseObject({ status: z.number() }).optional(),
  redirect: z.looseObject({ redirectCode: z.number().optional() }).optional(),
});

export type IstioHttpRule = z.infer<typeof httpRuleSchema>;

export const virtualServices = defineKind(
  NETWORKING,
  'VirtualService',
  z.object({
    spec: z.looseObject({
      hosts: z.array(z.string()).default([]),
      gateways: z.array(z.string()).default([]),
      exportTo: z.array(z.string()).default([]),
      http: z.array(httpRuleSchema).default([]),
    }),
  }),
);

export type VirtualService = ReturnType<typeof virtualServices.list>[number];

const tlsSchema = z.looseObject({ mode: z.string().default('DISABLE') });

const portPolicySchema = z.looseObject({
  port: z.looseObject({ number: z.number() }).optional(),
  tls: tlsSchema.optional(),
});

const trafficPolicySchema = z.looseObject({
  tls: tlsSchema.optional(),
  portLevelSettings: z.array(portPolicySchema).default([]),
});

export type TrafficPolicy = z.infer<typeof trafficPolicySchema>;

export const destinationRules = defineKind(
  NETWORKING,
  'DestinationRule',
  z.object({
    spec: z.looseObject({
      host: z.string(),
      exportTo: z.array(z.string()).default([]),
      workloadSelector: z
        .looseObject({ matchLabels: labelsSchema.default({}) })
        .optional(),
      trafficPolicy: trafficPolicySchema.optional(),
      subsets: z
        .array(
          z.looseObject({
            name: z.string(),
            labels: labelsSchema.default({}),
            trafficPolicy: trafficPolicySchema.optional(),
          }),
        )
        .default([]),
    }),
  }),
);

export type DestinationRule = ReturnType<typeof destinationRules.list>[number];

export const istioGateways = defineKind(
  NETWORKING,
  'Gateway',
  z.object({
    spec: z.looseObject({
      selector: labelsSchema.default({}),
      servers: z
        .array(
          z.looseObject({
            port: z.looseObject({ number: z.number() }),
            hosts: z.array(z.string()).default([]),
          }),
        )
        .default([]),
    }),
  }),
);

const mtlsModeSchema = z.enum(['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT']);

export type MtlsMode = z.infer<typeof mtlsModeSchema>;

const mtlsSchema = z.looseObject({ mode: mtlsModeSchema.default('UNSET') });

export const peerAuthentications = defineKind(
  SECURITY,
  'PeerAuthentication',
  z.object({
    spec: z
      .looseObject({
        selector: z
          .looseObject({ matchLabels: labelsSchema.default({}) })
          .optional(),
        mtls: mtlsSchema.optional(),
        portLevelMtls: z.record(z.string(), mtlsSchema).default({}),
      })
      .default({ portLevelMtls: {} }),
  }),
);

const texts = z.array(z.string()).default([]);

const sourceSchema = z.looseObject({
  principals: texts,
  notPrincipals: texts,
  namespaces: texts,
  notNamespaces: texts,
  serviceAccounts: texts,
});

const operationSchema = z.looseObject({
  hosts: texts,
  ports: texts,
  methods: texts,
  paths: texts,
  notMethods: texts,
  notPaths: texts,
  notPorts: texts,
});

const authorizationRuleSchema = z.looseObject({
  from: z.array(z.looseObject({ source: sourceSchema })).default([]),
  to: z.array(z.looseObject({ operation: operationSchema })).default([]),
  when: z.array(z.looseObject({ key: z.string() })).default([]),
});

export type AuthorizationRule = z.infer<typeof authorizationRuleSchema>;
export type AuthorizationSource = z.infer<typeof sourceSchema>;
export type AuthorizationOperation = z.infer<typeof operationSchema>;

export const authorizationPolicies = defineKind(
  SECURITY,
  'AuthorizationPolicy',
  z.object({
    spec: z
      .looseObject({
        selector: z
          .looseObject({ matchLabels: labelsSchema.default({}) })
          .optional(),
        targetRefs: z
          .array(
            z.looseObject({
              group: z.string().default(''),
              kind: z.string(),
              name: z.string(),
            }),
          )
          .default([]),
        action: z.string().default('ALLOW'),
        rules: z.array(authorizationRuleSchema).optional(),
      })
      .default({ targetRefs: [], action: 'ALLOW' }),
  }),
);

export type IstioAuthorizationPolicy = Item<
  ReturnType<typeof authorizationPolicies.list>[number]['body']
>;

export const telemetries = defineKind(
  'telemetry.istio.io',
  'Telemetry',
  z.object({
    spec: z
      .looseObject({
        selector: z.looseObject({}).optional(),
        tracing: z
          .array(
            z.looseObject({
              providers: z
                .array(z.looseObject({ name: z.string() }))
                .default([]),
              randomSamplingPercentage: z.number().optional(),
              disableSpanReporting: z.boolean().default(false),
            }),
          )
          .default([]),
      })
      .default({ tracing: [] }),
  }),
);
