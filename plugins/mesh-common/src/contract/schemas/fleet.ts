import { z } from 'zod';
import {
  causeSchema,
  clusterListProblemSchema,
  clusterStateSchema,
  meshIdSchema,
} from './common';
import {
  controlPlaneCertificateSchema,
  controlPlaneComponentSchema,
  controlPlaneFactSchema,
  controlPlaneSchema,
} from './controlPlane';
import { verdictSchema } from './mtls';

export const clusterMeshSchema = z.object({
  mesh: meshIdSchema,
  title: z.string(),
  controlPlanes: z.array(controlPlaneSchema),
  trustDomain: z.string().optional(),
  facts: z.array(controlPlaneFactSchema).optional(),
  certificates: z.array(controlPlaneCertificateSchema).optional(),
  components: z.array(controlPlaneComponentSchema).optional(),
  proxies: z.array(z.object({ version: z.string(), pods: z.number() })),
});

export const fleetClustersAnswerSchema = z.object({
  clusterListProblem: clusterListProblemSchema,
  clusters: z.array(
    clusterStateSchema.extend({
      kubernetesVersion: z.string().optional(),
      meshes: z.array(clusterMeshSchema),
      workloads: z.object({ total: z.number(), inMesh: z.number() }),
      findings: z.object({
        error: z.number(),
        warning: z.number(),
        info: z.number(),
      }),
    }),
  ),
});

export const observedClusterMeshSchema = z.object({
  mesh: meshIdSchema,
  state: z.enum(['measured', 'unknown']),
  cause: causeSchema.optional(),
  message: z.string().optional(),
  store: z.string().optional(),
  certificates: z.array(controlPlaneCertificateSchema),
});

export const observedFleetClustersAnswerSchema = z.object({
  measuredAt: z.string(),
  clusters: z.array(
    z.object({
      name: z.string(),
      meshes: z.array(observedClusterMeshSchema),
    }),
  ),
});

export const fleetServiceSchema = z.object({
  entityRef: z.string(),
  title: z.string().optional(),
  owner: z.string().optional(),
  system: z.string().optional(),
  verdict: verdictSchema,
  why: z.string().optional(),
  meshes: z.array(meshIdSchema),
  clusters: z.array(z.string()),
  workloads: z.number(),
  findings: z.object({
    error: z.number(),
    warning: z.number(),
    info: z.number(),
  }),
});

export const fleetServicesAnswerSchema = z.object({
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  services: z.array(fleetServiceSchema),
  withoutWorkloads: z.array(z.string()),
});
