import { z } from 'zod';
import {
  conditionSchema,
  labelSelectorSchema,
  objectSchema,
} from '../kubernetes/schemas/objects';

/*
 * The fields of Istio's kinds that rules read, as istio.io/api defines them (networking, security and
 * extensions; all served versions share one shape). Everything is optional, as in the API itself.
 */
const strings = z.array(z.string());

const stringMap = z.record(z.string(), z.string());

/** A duration as Istio writes it, `1.5s`. */
const duration = z.string();

const workloadSelectorSchema = z.object({ matchLabels: stringMap.optional() });

const policyTargetReferenceSchema = z.object({
  group: z.string().optional(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
});

const istioStatusSchema = z
  .object({
    conditions: z.array(conditionSchema).optional(),
    validationMessages: z.array(z.unknown()).optional(),
  })
  .optional();

const mtlsModeSchema = z.object({
  mode: z.enum(['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT']).optional(),
});

export const peerAuthenticationSchema = objectSchema({
  spec: z
    .object({
      selector: workloadSelectorSchema.optional(),
      mtls: mtlsModeSchema.optional(),
      portLevelMtls: z.record(z.string(), mtlsModeSchema).optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

const sourceSchema = z.object({
  principals: strings.optional(),
  notPrincipals: strings.optional(),
  requestPrincipals: strings.optional(),
  notRequestPrincipals: strings.optional(),
  namespaces: strings.optional(),
  notNamespaces: strings.optional(),
  serviceAccounts: strings.optional(),
  notServiceAccounts: strings.optional(),
  trustDomains: strings.optional(),
  notTrustDomains: strings.optional(),
  ipBlocks: strings.optional(),
  notIpBlocks: strings.optional(),
  remoteIpBlocks: strings.optional(),
  notRemoteIpBlocks: strings.optional(),
});

const operationSchema = z.object({
  hosts: strings.optional(),
  notHosts: strings.optional(),
  ports: strings.optional(),
  notPorts: strings.optional(),
  methods: strings.optional(),
  notMethods: strings.optional(),
  paths: strings.optional(),
  notPaths: strings.optional(),
});

export const authorizationPolicySchema = objectSchema({
  spec: z
    .object({
      selector: workloadSelectorSchema.optional(),
      targetRef: policyTargetReferenceSchema.optional(),
      targetRefs: z.array(policyTargetReferenceSchema).optional(),
      action: z.enum(['ALLOW', 'DENY', 'AUDIT', 'CUSTOM']).optional(),
      provider: z.object({ name: z.string().optional() }).optional(),
      rules: z
        .array(
          z.object({
            from: z
              .array(z.object({ source: sourceSchema.optional() }))
              .optional(),
            to: z
              .array(z.object({ operation: operationSchema.optional() }))
              .optional(),
            when: z
              .array(
                z.object({
                  key: z.string(),
                  values: strings.optional(),
                  notValues: strings.optional(),
                }),
              )
              .optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

export const requestAuthenticationSchema = objectSchema({
  spec: z
    .object({
      selector: workloadSelectorSchema.optional(),
      targetRef: policyTargetReferenceSchema.optional(),
      targetRefs: z.array(policyTargetReferenceSchema).optional(),
      jwtRules: z
        .array(
          z.object({
            issuer: z.string().optional(),
            audiences: strings.optional(),
            fromHeaders: z
              .array(
                z.object({ name: z.string(), prefix: z.string().optional() }),
              )
              .optional(),
            fromParams: strings.optional(),
            fromCookies: strings.optional(),
            spaceDelimitedClaims: strings.optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

const stringMatchSchema = z.object({
  exact: z.string().optional(),
  prefix: z.string().optional(),
  regex: z.string().optional(),
});

const portSelectorSchema = z.object({ number: z.number().optional() });

const destinationSchema = z.object({
  host: z.string(),
  subset: z.string().optional(),
  port: portSelectorSchema.optional(),
});

const headerOperationsSchema = z.object({
  set: stringMap.optional(),
  add: stringMap.optional(),
  remove: strings.optional(),
});

const headersSchema = z.object({
  request: headerOperationsSchema.optional(),
  response: headerOperationsSchema.optional(),
});

const percentSchema = z.object({ value: z.number().optional() });

const l4MatchSchema = z.object({
  destinationSubnets: strings.optional(),
  port: z.number().optional(),
  sourceLabels: stringMap.optional(),
  sourceNamespace: z.string().optional(),
  gateways: strings.optional(),
});

const routeDestinationSchema = z.object({
  destination: destinationSchema,
  weight: z.number().optional(),
});

const httpMatchSchema = z.object({
  name: z.string().optional(),
  uri: stringMatchSchema.optional(),
  scheme: stringMatchSchema.optional(),
  method: stringMatchSchema.optional(),
  authority: stringMatchSchema.optional(),
  headers: z.record(z.string(), stringMatchSchema).optional(),
  withoutHeaders: z.record(z.string(), stringMatchSchema).optional(),
  queryParams: z.record(z.string(), stringMatchSchema).optional(),
  ignoreUriCase: z.boolean().optional(),
  port: z.number().optional(),
  sourceLabels: stringMap.optional(),
  sourceNamespace: z.string().optional(),
  gateways: strings.optional(),
});

const retriesSchema = z.object({
  attempts: z.number().optional(),
  perTryTimeout: duration.optional(),
  retryOn: z.string().optional(),
  retryRemoteLocalities: z.boolean().optional(),
  retryIgnorePreviousHosts: z.boolean().optional(),
  backoff: duration.optional(),
});

const httpRouteSchema = z.object({
  name: z.string().optional(),
  match: z.array(httpMatchSchema).optional(),
  route: z
    .array(routeDestinationSchema.extend({ headers: headersSchema.optional() }))
    .optional(),
  redirect: z
    .object({
      uri: z.string().optional(),
      authority: z.string().optional(),
      scheme: z.string().optional(),
      port: z.number().optional(),
      derivePort: z.string().optional(),
      prefixRewrite: z.string().optional(),
      redirectCode: z.number().optional(),
    })
    .optional(),
  directResponse: z
    .object({
      status: z.number(),
      body: z
        .object({ string: z.string().optional(), bytes: z.string().optional() })
        .optional(),
    })
    .optional(),
  delegate: z
    .object({ name: z.string(), namespace: z.string().optional() })
    .optional(),
  rewrite: z
    .object({
      uri: z.string().optional(),
      authority: z.string().optional(),
      uriRegexRewrite: z
        .object({ match: z.string(), rewrite: z.string() })
        .optional(),
    })
    .optional(),
  timeout: duration.optional(),
  retries: retriesSchema.optional(),
  fault: z
    .object({
      delay: z
        .object({
          fixedDelay: duration.optional(),
          percent: z.number().optional(),
          percentage: percentSchema.optional(),
        })
        .optional(),
      abort: z
        .object({
          httpStatus: z.number().optional(),
          grpcStatus: z.string().optional(),
          http2Error: z.string().optional(),
          percentage: percentSchema.optional(),
        })
        .optional(),
    })
    .optional(),
  mirror: destinationSchema.optional(),
  mirrorPercentage: percentSchema.optional(),
  mirrorPercent: z.number().optional(),
  mirrors: z
    .array(
      z.object({
        destination: destinationSchema,
        percentage: percentSchema.optional(),
      }),
    )
    .optional(),
  corsPolicy: z
    .object({
      allowOrigin: strings.optional(),
      allowOrigins: z.array(stringMatchSchema).optional(),
      allowMethods: strings.optional(),
      allowHeaders: strings.optional(),
      exposeHeaders: strings.optional(),
      maxAge: duration.optional(),
      allowCredentials: z.boolean().optional(),
    })
    .optional(),
  headers: headersSchema.optional(),
});

export const virtualServiceSchema = objectSchema({
  spec: z
    .object({
      hosts: strings.optional(),
      gateways: strings.optional(),
      exportTo: strings.optional(),
      http: z.array(httpRouteSchema).optional(),
      tls: z
        .array(
          z.object({
            match: z
              .array(l4MatchSchema.extend({ sniHosts: strings.optional() }))
              .optional(),
            route: z.array(routeDestinationSchema).optional(),
          }),
        )
        .optional(),
      tcp: z
        .array(
          z.object({
            match: z.array(l4MatchSchema).optional(),
            route: z.array(routeDestinationSchema).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

export const connectionPoolSchema = z.object({
  tcp: z
    .object({
      maxConnections: z.number().optional(),
      connectTimeout: duration.optional(),
      idleTimeout: duration.optional(),
      maxConnectionDuration: duration.optional(),
    })
    .optional(),
  http: z
    .object({
      http1MaxPendingRequests: z.number().optional(),
      http2MaxRequests: z.number().optional(),
      maxRequestsPerConnection: z.number().optional(),
      maxRetries: z.number().optional(),
      idleTimeout: duration.optional(),
      h2UpgradePolicy: z.string().optional(),
      useClientProtocol: z.boolean().optional(),
      maxConcurrentStreams: z.number().optional(),
    })
    .optional(),
});

export const outlierDetectionSchema = z.object({
  splitExternalLocalOriginErrors: z.boolean().optional(),
  consecutiveLocalOriginFailures: z.number().optional(),
  consecutiveGatewayErrors: z.number().optional(),
  consecutive5xxErrors: z.number().optional(),
  consecutiveErrors: z.number().optional(),
  interval: duration.optional(),
  baseEjectionTime: duration.optional(),
  maxEjectionPercent: z.number().optional(),
  minHealthPercent: z.number().optional(),
});

export const localityLbSettingSchema = z.object({
  enabled: z.boolean().optional(),
  distribute: z
    .array(
      z.object({
        from: z.string().optional(),
        to: z.record(z.string(), z.number()).optional(),
      }),
    )
    .optional(),
  failover: z
    .array(z.object({ from: z.string().optional(), to: z.string().optional() }))
    .optional(),
  failoverPriority: strings.optional(),
});

const loadBalancerSchema = z.object({
  simple: z.string().optional(),
  consistentHash: z
    .object({
      httpHeaderName: z.string().optional(),
      httpCookie: z.object({ name: z.string() }).optional(),
      useSourceIp: z.boolean().optional(),
      httpQueryParameterName: z.string().optional(),
      ringHash: z.unknown().optional(),
      maglev: z.unknown().optional(),
    })
    .optional(),
  localityLbSetting: localityLbSettingSchema.optional(),
});

const clientTlsSchema = z.object({
  mode: z.enum(['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL']).optional(),
  clientCertificate: z.string().optional(),
  privateKey: z.string().optional(),
  caCertificates: z.string().optional(),
  credentialName: z.string().optional(),
  subjectAltNames: strings.optional(),
  sni: z.string().optional(),
  insecureSkipVerify: z.boolean().optional(),
});

const portTrafficPolicySchema = z.object({
  connectionPool: connectionPoolSchema.optional(),
  outlierDetection: outlierDetectionSchema.optional(),
  loadBalancer: loadBalancerSchema.optional(),
  tls: clientTlsSchema.optional(),
});

const trafficPolicySchema = portTrafficPolicySchema.extend({
  portLevelSettings: z
    .array(
      portTrafficPolicySchema.extend({ port: portSelectorSchema.optional() }),
    )
    .optional(),
});

export const destinationRuleSchema = objectSchema({
  spec: z
    .object({
      host: z.string().optional(),
      exportTo: strings.optional(),
      workloadSelector: workloadSelectorSchema.optional(),
      trafficPolicy: trafficPolicySchema.optional(),
      subsets: z
        .array(
          z.object({
            name: z.string(),
            labels: stringMap.optional(),
            trafficPolicy: trafficPolicySchema.optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

export const gatewaySchema = objectSchema({
  spec: z
    .object({
      selector: stringMap.optional(),
      servers: z
        .array(
          z.object({
            name: z.string().optional(),
            port: z
              .object({
                number: z.number(),
                name: z.string().optional(),
                protocol: z.string().optional(),
              })
              .optional(),
            hosts: strings.optional(),
            bind: z.string().optional(),
            tls: z
              .object({
                mode: z.string().optional(),
                httpsRedirect: z.boolean().optional(),
                credentialName: z.string().optional(),
                serverCertificate: z.string().optional(),
                privateKey: z.string().optional(),
              })
              .optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

/** Where a workload outside the cluster is reached: of a WorkloadEntry, or written into a ServiceEntry. */
const endpointFields = {
  address: z.string().optional(),
  /** By the name of the ServiceEntry's port. */
  ports: z.record(z.string(), z.number()).optional(),
  labels: stringMap.optional(),
  weight: z.number().optional(),
  serviceAccount: z.string().optional(),
  network: z.string().optional(),
};

export const serviceEntrySchema = objectSchema({
  spec: z
    .object({
      hosts: strings.optional(),
      addresses: strings.optional(),
      ports: z
        .array(
          z.object({
            number: z.number(),
            name: z.string().optional(),
            protocol: z.string().optional(),
            targetPort: z.number().optional(),
          }),
        )
        .optional(),
      location: z.string().optional(),
      resolution: z.string().optional(),
      endpoints: z.array(z.object(endpointFields)).optional(),
      subjectAltNames: strings.optional(),
      exportTo: strings.optional(),
      workloadSelector: z.object({ labels: stringMap.optional() }).optional(),
    })
    .optional(),
  status: z
    .object({
      conditions: z.array(conditionSchema).optional(),
      addresses: z
        .array(
          z.object({
            host: z.string().optional(),
            value: z.string().optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

export const sidecarSchema = objectSchema({
  spec: z
    .object({
      workloadSelector: z.object({ labels: stringMap.optional() }).optional(),
      ingress: z
        .array(
          z.object({
            port: z
              .object({
                number: z.number().optional(),
                protocol: z.string().optional(),
              })
              .optional(),
            tls: z.object({ mode: z.string().optional() }).optional(),
          }),
        )
        .optional(),
      egress: z
        .array(
          z.object({
            hosts: strings.optional(),
            port: z
              .object({
                number: z.number().optional(),
                protocol: z.string().optional(),
              })
              .optional(),
            bind: z.string().optional(),
            captureMode: z.string().optional(),
          }),
        )
        .optional(),
      outboundTrafficPolicy: z
        .object({
          mode: z.string().optional(),
          egressProxy: destinationSchema.optional(),
        })
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

export const envoyFilterSchema = objectSchema({
  spec: z
    .object({
      workloadSelector: z.object({ labels: stringMap.optional() }).optional(),
      targetRefs: z.array(policyTargetReferenceSchema).optional(),
      priority: z.number().optional(),
      configPatches: z
        .array(
          z.object({
            applyTo: z.string().optional(),
            match: z
              .object({
                proxy: z
                  .object({ proxyVersion: z.string().optional() })
                  .optional(),
                listener: z
                  .object({
                    filterChain: z
                      .object({
                        filter: z
                          .object({ name: z.string().optional() })
                          .optional(),
                      })
                      .optional(),
                  })
                  .optional(),
              })
              .optional(),
            patch: z
              .object({
                operation: z.string().optional(),
                value: z.record(z.string(), z.unknown()).optional(),
              })
              .optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

const providersSchema = z
  .array(z.object({ name: z.string().optional() }))
  .optional();

export const istioOperatorSchema = objectSchema({
  spec: z
    .object({
      profile: z.string().optional(),
      values: z.looseObject({}).optional(),
    })
    .optional(),
});

export const telemetrySchema = objectSchema({
  spec: z
    .object({
      selector: workloadSelectorSchema.optional(),
      targetRef: policyTargetReferenceSchema.optional(),
      targetRefs: z.array(policyTargetReferenceSchema).optional(),
      accessLogging: z
        .array(
          z.object({
            disabled: z.boolean().optional(),
            providers: providersSchema,
          }),
        )
        .optional(),
      tracing: z.array(z.object({ providers: providersSchema })).optional(),
      metrics: z
        .array(z.object({ overrides: z.array(z.unknown()).optional() }))
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

export const proxyConfigSchema = objectSchema({
  spec: z
    .object({
      selector: workloadSelectorSchema.optional(),
      image: z.object({ imageType: z.string().optional() }).optional(),
    })
    .optional(),
});

export const workloadEntrySchema = objectSchema({
  spec: z.object(endpointFields).optional(),
  status: istioStatusSchema,
});

export const workloadGroupSchema = objectSchema({
  spec: z
    .object({
      metadata: z
        .object({
          labels: stringMap.optional(),
          annotations: stringMap.optional(),
        })
        .optional(),
      template: z.object(endpointFields).optional(),
    })
    .optional(),
});

export const proxyExtensionSchema = objectSchema({
  spec: z
    .object({
      workloadSelector: z.object({ labels: stringMap.optional() }).optional(),
      selector: labelSelectorSchema.optional(),
      targetRef: policyTargetReferenceSchema.optional(),
      targetRefs: z.array(policyTargetReferenceSchema).optional(),
    })
    .optional(),
  status: istioStatusSchema,
});
