import { z } from 'zod';
import {
  conditionSchema,
  objectSchema,
} from '../../kubernetes/schemas/objects';
import { istioStatusSchema, stringMap, strings } from './shared';
import { destinationSchema } from './virtualService';

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
