import {
  Condition,
  KubernetesObject,
  LabelSelector,
} from '../kubernetes/objects';

/**
 * A request condition of a ServiceProfile; they nest.
 *
 * @public
 */
export interface RequestMatch {
  pathRegex?: string;
  method?: string;
  all?: RequestMatch[];
  any?: RequestMatch[];
  not?: RequestMatch;
}

/**
 * SMI's, which Linkerd read until 2.11: known to say what is written in its place.
 *
 * @public
 */
export interface TrafficSplit extends KubernetesObject {
  spec?: {
    service?: string;
    backends?: {
      service?: string;
      weight?: number | string;
    }[];
  };
}

/**
 * A Server of Linkerd.
 *
 * @public
 */
export interface Server extends KubernetesObject {
  spec: {
    podSelector?: LabelSelector;
    externalWorkloadSelector?: LabelSelector;
    port: number | string;
    proxyProtocol?: string;
    accessPolicy?: string;
  };
}

/**
 * A ServerAuthorization of Linkerd.
 *
 * @public
 */
export interface ServerAuthorization extends KubernetesObject {
  spec: {
    server: {
      name?: string;
      selector?: LabelSelector;
    };
    client?: {
      networks?: LinkerdNetworkRange[];
      unauthenticated?: boolean;
      meshTLS?: {
        unauthenticatedTLS?: boolean;
        identities?: string[];
        serviceAccounts?: {
          name: string;
          namespace?: string;
        }[];
      };
    };
  };
}

/**
 * An AuthorizationPolicy of Linkerd.
 *
 * @public
 */
export interface LinkerdAuthorizationPolicy extends KubernetesObject {
  spec: {
    targetRef: LinkerdTargetReference;
    requiredAuthenticationRefs?: LinkerdTargetReference[];
  };
}

/**
 * A MeshTLSAuthentication of Linkerd.
 *
 * @public
 */
export interface MeshTlsAuthentication extends KubernetesObject {
  spec: {
    identities?: string[];
    identityRefs?: LinkerdTargetReference[];
  };
}

/**
 * A NetworkAuthentication of Linkerd.
 *
 * @public
 */
export interface NetworkAuthentication extends KubernetesObject {
  spec: {
    networks?: LinkerdNetworkRange[];
  };
}

/**
 * An EgressNetwork of Linkerd.
 *
 * @public
 */
export interface EgressNetwork extends KubernetesObject {
  spec: {
    trafficPolicy?: string;
    networks?: LinkerdNetworkRange[];
  };
  status?: {
    conditions?: Condition[];
  };
}

/**
 * An HTTPLocalRateLimitPolicy of Linkerd.
 *
 * @public
 */
export interface HttpLocalRateLimitPolicy extends KubernetesObject {
  spec: {
    targetRef: LinkerdTargetReference;
    total?: {
      requestsPerSecond: number;
    };
    identity?: {
      requestsPerSecond: number;
    };
    overrides?: {
      requestsPerSecond: number;
      clientRefs?: LinkerdTargetReference[];
    }[];
  };
  status?: {
    conditions?: Condition[];
  };
}

/**
 * A ServiceProfile of Linkerd.
 *
 * @public
 */
export interface ServiceProfile extends KubernetesObject {
  spec?: {
    routes?: {
      name?: string;
      condition?: RequestMatch;
      isRetryable?: boolean;
      timeout?: string;
    }[];
    retryBudget?: {
      retryRatio?: number;
      minRetriesPerSecond?: number;
      ttl?: string;
    };
    dstOverrides?: {
      authority: string;
      weight?: number | string;
    }[];
    opaquePorts?: unknown;
  };
}

/**
 * A workload outside Kubernetes that is part of Linkerd's mesh.
 *
 * @public
 */
export interface ExternalWorkload extends KubernetesObject {
  spec?: {
    meshTLS?: {
      identity?: string;
      serverName?: string;
    };
    ports?: {
      name?: string;
      port: number;
      protocol?: string;
    }[];
    workloadIPs?: {
      ip: string;
    }[];
  };
  status?: {
    conditions?: Condition[];
  };
}

/**
 * A Link of Linkerd: another cluster whose Services are mirrored here.
 *
 * @public
 */
export interface MulticlusterLink extends KubernetesObject {
  spec?: {
    targetClusterName?: string;
    targetClusterDomain?: string;
    targetClusterLinkerdNamespace?: string;
    /** Name of the Secret by which the other cluster is read. */
    clusterCredentialsSecret?: string;
    gatewayAddress?: string;
    gatewayIdentity?: string;
    gatewayPort?: number | string;
    selector?: LabelSelector;
    remoteDiscoverySelector?: LabelSelector;
    federatedServiceSelector?: LabelSelector;
  };
  status?: {
    mirrorServices?: LinkedService[];
    federatedServices?: LinkedService[];
  };
}

/**
 * A Service of the other cluster of a Link, and how it is mirrored.
 *
 * @public
 */
export interface LinkedService {
  controllerName?: string;
  remoteRef?: {
    name: string;
    namespace?: string;
  };
  conditions?: Condition[];
}

/**
 * An object that a policy names.
 *
 * @public
 */
export interface LinkerdTargetReference {
  group?: string;
  kind: string;
  name: string;
  namespace?: string;
}

/**
 * Addresses, and those of them that are left out.
 *
 * @public
 */
export interface LinkerdNetworkRange {
  cidr: string;
  except?: string[];
}
