import { Condition, KubernetesObject } from '../objects';

/**
 * What stands for a value of a Secret that is not kept.
 *
 * @public
 */
export const WITHHELD = '(withheld)';

/**
 * What rules read of a Pod.
 *
 * @public
 */
export interface Pod extends KubernetesObject {
  spec: PodSpec;
  status?: {
    phase?: string;
    reason?: string;
    podIP?: string;
    conditions: Condition[];
    containerStatuses: ContainerStatus[];
    initContainerStatuses: ContainerStatus[];
  };
}

/**
 * What rules read of the spec of a Pod.
 *
 * @public
 */
export interface PodSpec {
  serviceAccountName?: string;
  hostNetwork?: boolean;
  automountServiceAccountToken?: boolean;
  nodeName?: string;
  securityContext?: {
    runAsUser?: number;
  };
  /** Of both only the keys by which pods are kept apart. */
  affinity?: {
    podAntiAffinity?: {
      requiredDuringSchedulingIgnoredDuringExecution?: {
        topologyKey: string;
      }[];
      preferredDuringSchedulingIgnoredDuringExecution?: {
        podAffinityTerm: {
          topologyKey: string;
        };
      }[];
    };
  };
  topologySpreadConstraints?: {
    topologyKey: string;
  }[];
  containers: Container[];
  initContainers: Container[];
}

/**
 * What rules read of a container.
 *
 * @public
 */
export interface Container {
  name: string;
  image?: string;
  /** `Always` on an init container makes it a native sidecar. */
  restartPolicy?: string;
  ports: {
    name?: string;
    containerPort: number;
    protocol: string;
  }[];
  /** Only the settings of proxies and control planes are kept; an application's environment is dropped while it is parsed. */
  env: { name: string; value?: string | undefined }[];
  /** Only what tells the DNS domain of the cluster is kept; an application's arguments are dropped while it is parsed. */
  args?: string[] | undefined;
  resources?: {
    requests?: ResourceAmounts;
    limits?: ResourceAmounts;
  };
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  startupProbe?: Probe;
  securityContext?: {
    runAsUser?: number;
  };
}

/**
 * How the kubelet asks whether a container is well.
 *
 * @public
 */
export interface Probe {
  httpGet?: { path?: string; port: number | string; scheme?: string };
  tcpSocket?: { port: number | string };
  grpc?: { port: number };
}

/**
 * Amounts of what a container uses.
 *
 * @public
 */
export interface ResourceAmounts {
  cpu?: string | number;
  memory?: string | number;
}

/**
 * How a container is.
 *
 * @public
 */
export interface ContainerStatus {
  name: string;
  ready: boolean;
  started?: boolean;
  /** Only whether it has ended. */
  state?: { terminated?: { exitCode?: number } };
}
