import { z } from 'zod';
import { workloadControllerSchema } from '../kubernetes/schemas/core';
import {
  conditionSchema,
  intOrStringSchema,
  objectSchema,
} from '../kubernetes/schemas/objects';

/** That it is there is all that counts; what it holds is not kept. */
const presentSchema = z.object({}).optional();

const stepSchema = z.object({
  setWeight: z.number().optional(),
  pause: z.object({ duration: intOrStringSchema.optional() }).optional(),
  setCanaryScale: presentSchema,
  setHeaderRoute: z.object({ name: z.string().optional() }).optional(),
  setMirrorRoute: z.object({ name: z.string().optional() }).optional(),
  analysis: presentSchema,
  experiment: presentSchema,
  plugin: z.object({ name: z.string().optional() }).optional(),
});

const virtualServiceSchema = z.object({
  name: z.string(),
  routes: z.array(z.string()).optional(),
  tlsRoutes: z
    .array(
      z.object({
        port: z.number().optional(),
        sniHosts: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  tcpRoutes: z.array(z.object({ port: z.number().optional() })).optional(),
});

const trafficRoutingSchema = z.object({
  istio: z
    .object({
      virtualService: virtualServiceSchema.optional(),
      virtualServices: z.array(virtualServiceSchema).optional(),
      destinationRule: z
        .object({
          name: z.string().optional(),
          canarySubsetName: z.string().optional(),
          stableSubsetName: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
  smi: z
    .object({
      rootService: z.string().optional(),
      trafficSplitName: z.string().optional(),
    })
    .optional(),
  plugins: z.record(z.string(), z.unknown()).optional(),
  managedRoutes: z.array(z.object({ name: z.string().optional() })).optional(),
  maxTrafficWeight: z.number().optional(),
  alb: presentSchema,
  ambassador: presentSchema,
  apisix: presentSchema,
  appMesh: presentSchema,
  nginx: presentSchema,
  traefik: presentSchema,
});

export const rolloutSchema = objectSchema({
  spec: z
    .object({
      replicas: z.number().optional(),
      paused: z.boolean().optional(),
      template: workloadControllerSchema.shape.spec.shape.template.optional(),
      workloadRef: z
        .object({ kind: z.string().optional(), name: z.string().optional() })
        .optional(),
      strategy: z
        .object({
          canary: z
            .object({
              stableService: z.string().optional(),
              canaryService: z.string().optional(),
              pingPong: z
                .object({
                  pingService: z.string().optional(),
                  pongService: z.string().optional(),
                })
                .optional(),
              steps: z.array(stepSchema).optional(),
              trafficRouting: trafficRoutingSchema.optional(),
            })
            .optional(),
          blueGreen: z
            .object({
              activeService: z.string().optional(),
              previewService: z.string().optional(),
              autoPromotionEnabled: z.boolean().optional(),
              autoPromotionSeconds: z.number().optional(),
            })
            .optional(),
        })
        .optional(),
    })
    .optional(),
  status: z
    .object({
      phase: z.string().optional(),
      message: z.string().optional(),
      abort: z.boolean().optional(),
      abortedAt: z.string().optional(),
      promoteFull: z.boolean().optional(),
      controllerPause: z.boolean().optional(),
      currentStepIndex: z.number().optional(),
      currentPodHash: z.string().optional(),
      stableRS: z.string().optional(),
      observedGeneration: z.string().optional(),
      pauseConditions: z
        .array(
          z.object({
            reason: z.string().optional(),
            startTime: z.string().optional(),
          }),
        )
        .optional(),
      replicas: z.number().optional(),
      updatedReplicas: z.number().optional(),
      canary: z
        .object({
          stablePingPong: z.string().optional(),
          weights: z
            .object({
              canary: z.object({ weight: z.number().optional() }).optional(),
            })
            .optional(),
        })
        .optional(),
      blueGreen: z.object({ activeSelector: z.string().optional() }).optional(),
    })
    .optional(),
});

export const flaggerCanarySchema = objectSchema({
  spec: z
    .object({
      provider: z.string().optional(),
      suspend: z.boolean().optional(),
      skipAnalysis: z.boolean().optional(),
      targetRef: z
        .object({ kind: z.string().optional(), name: z.string().optional() })
        .optional(),
      service: z
        .object({
          name: z.string().optional(),
          appProtocol: z.string().optional(),
          delegation: z.boolean().optional(),
        })
        .optional(),
      analysis: z
        .object({
          interval: z.string().optional(),
          iterations: z.number().optional(),
          threshold: z.number().optional(),
          maxWeight: z.number().optional(),
          stepWeight: z.number().optional(),
          stepWeights: z.array(z.number()).optional(),
          mirror: z.boolean().optional(),
          match: z.array(z.object({})).optional(),
        })
        .optional(),
    })
    .optional(),
  status: z
    .object({
      phase: z.string().optional(),
      canaryWeight: z.number().optional(),
      failedChecks: z.number().optional(),
      iterations: z.number().optional(),
      lastTransitionTime: z.string().optional(),
      conditions: z.array(conditionSchema).optional(),
    })
    .optional(),
});
