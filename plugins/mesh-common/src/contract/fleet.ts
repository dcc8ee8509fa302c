import { z } from 'zod';
import {
  clusterListProblemSchema,
  clusterStateSchema,
  meshIdSchema,
} from './common';
import { verdictSchema } from './mtls';

/** A mesh on a cluster: its control plane as far as objects tell. */
export const clusterMeshSchema = z.object({
  mesh: meshIdSchema,
  title: z.string(),
  /** One a revision; several while an upgrade runs. */
  controlPlanes: z.array(
    z.object({
      revision: z.string().optional(),
      version: z.string().optional(),
      namespace: z.string(),
      ready: z.number(),
      replicas: z.number(),
    }),
  ),
  trustDomain: z.string().optional(),
  /** Pods by the version of their proxy. */
  proxies: z.array(z.object({ version: z.string(), pods: z.number() })),
});

/** GET /fleet/clusters */
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

export const fleetServiceSchema = z.object({
  entityRef: z.string(),
  title: z.string().optional(),
  owner: z.string().optional(),
  system: z.string().optional(),
  verdict: verdictSchema,
  /** The first reason of the verdict. */
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

/** GET /fleet/services: the entities that the reader may see in the catalog and that have workloads. */
export const fleetServicesAnswerSchema = z.object({
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  services: z.array(fleetServiceSchema),
  /** Entities whose Kubernetes annotations lead to no workload. */
  withoutWorkloads: z.array(z.string()),
});

export type ClusterMesh = z.infer<typeof clusterMeshSchema>;
export type FleetClustersAnswer = z.infer<typeof fleetClustersAnswerSchema>;
export type FleetService = z.infer<typeof fleetServiceSchema>;
export type FleetServicesAnswer = z.infer<typeof fleetServicesAnswerSchema>;
