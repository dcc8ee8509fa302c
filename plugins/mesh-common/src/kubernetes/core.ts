import {
  Condition,
  KubernetesObject,
  LabelSelector,
  ObjectMeta,
} from './objects';

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
 * What rules read of a Namespace.
 *
 * @public
 */
export interface Namespace extends KubernetesObject {
  status?: {
    phase?: string;
  };
}

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
 * Deployment, StatefulSet and DaemonSet: what rules read of them is the pod template.
 *
 * @public
 */
export interface WorkloadController extends KubernetesObject {
  spec: {
    replicas?: number;
    selector?: LabelSelector;
    template: {
      metadata: Omit<ObjectMeta, 'name'>;
      spec: PodSpec;
    };
  };
  status?: {
    replicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    /** Those alone that say that pods cannot be made. */
    conditions?: { type: string; status: string; message?: string }[];
  };
}

/**
 * Kept whole, so that nothing may be filled in while it is parsed.
 *
 * @public
 */
export interface ConfigMap extends KubernetesObject {
  data?: Record<string, string>;
}

/**
 * Only over files. Of a Secret its keys, and the certificates that they hold; other values are dropped.
 *
 * @public
 */
export interface Secret extends KubernetesObject {
  type?: string;
  data: { [x: string]: string };
  stringData: { [x: string]: string };
}

/**
 * Mutating and validating webhooks; of the latter rules read the address alone.
 *
 * @public
 */
export interface MutatingWebhookConfiguration extends KubernetesObject {
  webhooks: {
    name: string;
    failurePolicy?: string;
    namespaceSelector?: LabelSelector;
    objectSelector?: LabelSelector;
    clientConfig?: {
      url?: string;
      caBundle?: string;
      service?: {
        name: string;
        namespace: string;
      };
    };
  }[];
}

/**
 * Kept whole, as are the next two.
 *
 * @public
 */
export interface PodDisruptionBudget extends KubernetesObject {
  spec?: {
    selector?: LabelSelector;
    minAvailable?: number | string;
    maxUnavailable?: number | string;
  };
}

/**
 * What rules read of a HorizontalPodAutoscaler, which is kept whole.
 *
 * @public
 */
export interface HorizontalPodAutoscaler extends KubernetesObject {
  spec: {
    scaleTargetRef: {
      kind: string;
      name: string;
    };
    minReplicas?: number;
    maxReplicas: number;
  };
}

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
 * A machine of the cluster: where it is, which addresses its pods get, and what runs them.
 *
 * @public
 */
export interface Node extends KubernetesObject {
  spec: { podCIDRs: string[] };
  status?: { nodeInfo?: { containerRuntimeVersion?: string } };
}

/**
 * A part of the Kubernetes API that a Service of the cluster answers.
 *
 * @public
 */
export interface ApiService extends KubernetesObject {
  status: {
    conditions: {
      type: string;
      status: string;
      reason?: string;
      message?: string;
    }[];
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

/**
 * By which the mirror learns that a kind came or went.
 *
 * @public
 */
export interface CustomResourceDefinition extends KubernetesObject {
  spec: {
    group: string;
    names: { kind: string; plural: string };
    versions: { name: string; served: boolean }[];
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
}
