import { z } from 'zod';
import { objectSchema } from '../../kubernetes/schemas/objects';
import {
  duration,
  istioStatusSchema,
  portSelectorSchema,
  stringMap,
  strings,
  workloadSelectorSchema,
} from './shared';

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
