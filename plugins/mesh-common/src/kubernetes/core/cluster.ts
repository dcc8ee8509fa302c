import { KubernetesObject, LabelSelector } from '../objects';

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
