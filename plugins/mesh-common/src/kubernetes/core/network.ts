import { Condition, KubernetesObject, LabelSelector } from '../objects';

/**
 * What rules read of a Service.
 *
 * @public
 */
export interface Service extends KubernetesObject {
  spec: {
    type?: string;
    clusterIP?: string;
    clusterIPs?: string[];
    externalName?: string;
    trafficDistribution?: string;
    /** `Local`: clients of the cluster get endpoints on their own node only. */
    internalTrafficPolicy?: string;
    /** Pods that are not ready get requests, too. */
    publishNotReadyAddresses?: boolean;
    sessionAffinity?: string;
    selector?: Record<string, string>;
    ports: {
      name?: string;
      port: number;
      targetPort?: number | string;
      protocol: string;
      appProtocol?: string;
    }[];
  };
  status?: {
    conditions: Condition[];
    /** Where it can be reached from outside. */
    loadBalancer?: {
      ingress?: {
        ip?: string;
        hostname?: string;
      }[];
    };
  };
}

/**
 * A port of a Service.
 *
 * @public
 */
export type ServicePort = Service['spec']['ports'][number];

/**
 * What rules read of a NetworkPolicy, which is kept whole.
 *
 * @public
 */
export interface NetworkPolicy extends KubernetesObject {
  spec?: {
    podSelector?: LabelSelector;
    policyTypes?: string[];
  };
}

/**
 * The addresses behind a Service that somebody else than the cluster keeps.
 *
 * @public
 */
export interface Endpoints extends KubernetesObject {
  /** Of each nothing but that it is there. */
  subsets: Record<string, never>[];
}
