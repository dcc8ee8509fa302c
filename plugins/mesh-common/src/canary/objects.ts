import { WorkloadController } from '../kubernetes/core';
import { Condition, KubernetesObject } from '../kubernetes/objects';

/* The kinds of Argo Rollouts 1.10 and Flagger 1.36: the fields that rules read. */

/**
 * Something of which only counts that it is there.
 *
 * @public
 */
export type Present = Record<string, never>;

/**
 * A step of a Rollout; exactly one of them is set.
 *
 * @public
 */
export interface RolloutStep {
  setWeight?: number;
  /** Without a duration it waits for somebody. */
  pause?: { duration?: number | string };
  setCanaryScale?: Present;
  setHeaderRoute?: { name?: string };
  setMirrorRoute?: { name?: string };
  analysis?: Present;
  experiment?: Present;
  plugin?: { name?: string };
}

/**
 * The rules of a VirtualService that a Rollout moves weights in. Without any it is the only one for HTTP, or the
 * first without name.
 *
 * @public
 */
export interface RolloutVirtualService {
  /** `name`, or `name.namespace`. */
  name: string;
  /** Names of rules for HTTP. */
  routes?: string[];
  tlsRoutes?: { port?: number; sniHosts?: string[] }[];
  tcpRoutes?: { port?: number }[];
}

/**
 * What a Rollout moves the weights of.
 *
 * @public
 */
export interface RolloutTrafficRouting {
  istio?: {
    virtualService?: RolloutVirtualService;
    virtualServices?: RolloutVirtualService[];
    destinationRule?: {
      name?: string;
      canarySubsetName?: string;
      stableSubsetName?: string;
    };
  };
  smi?: { rootService?: string; trafficSplitName?: string };
  /** The configuration of each plugin by the plugin's name. */
  plugins?: Record<string, unknown>;
  managedRoutes?: { name?: string }[];
  /** What stands for everything; 100 where it is absent. */
  maxTrafficWeight?: number;
  alb?: Present;
  ambassador?: Present;
  apisix?: Present;
  appMesh?: Present;
  nginx?: Present;
  traefik?: Present;
}

/**
 * A Rollout of Argo Rollouts.
 *
 * @public
 */
export interface Rollout extends KubernetesObject {
  spec?: {
    replicas?: number;
    paused?: boolean;
    /** Absent where it refers to a workload. */
    template?: WorkloadController['spec']['template'];
    workloadRef?: { kind?: string; name?: string };
    strategy?: {
      canary?: {
        stableService?: string;
        canaryService?: string;
        pingPong?: { pingService?: string; pongService?: string };
        steps?: RolloutStep[];
        trafficRouting?: RolloutTrafficRouting;
      };
      blueGreen?: {
        activeService?: string;
        previewService?: string;
        autoPromotionEnabled?: boolean;
        autoPromotionSeconds?: number;
      };
    };
  };
  status?: {
    phase?: string;
    message?: string;
    abort?: boolean;
    abortedAt?: string;
    promoteFull?: boolean;
    controllerPause?: boolean;
    currentStepIndex?: number;
    currentPodHash?: string;
    stableRS?: string;
    /** A number, as text. */
    observedGeneration?: string;
    pauseConditions?: { reason?: string; startTime?: string }[];
    replicas?: number;
    updatedReplicas?: number;
    canary?: {
      stablePingPong?: string;
      weights?: {
        canary?: { weight?: number };
      };
    };
    blueGreen?: { activeSelector?: string };
  };
}

/**
 * A Canary of Flagger.
 *
 * @public
 */
export interface FlaggerCanary extends KubernetesObject {
  spec?: {
    /** Absent: as Flagger itself was started. */
    provider?: string;
    suspend?: boolean;
    skipAnalysis?: boolean;
    targetRef?: { kind?: string; name?: string };
    service?: {
      name?: string;
      appProtocol?: string;
      delegation?: boolean;
    };
    analysis?: {
      interval?: string;
      iterations?: number;
      threshold?: number;
      maxWeight?: number;
      stepWeight?: number;
      stepWeights?: number[];
      mirror?: boolean;
      match?: Present[];
    };
  };
  status?: {
    phase?: string;
    canaryWeight?: number;
    failedChecks?: number;
    iterations?: number;
    lastTransitionTime?: string;
    conditions?: Condition[];
  };
}
