/**
 * The part of an object's metadata that rules read. Absent maps and lists read as empty ones.
 *
 * @public
 */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  /** RFC 3339; absent on objects that come from files. */
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  ownerReferences: {
    apiVersion: string;
    kind: string;
    name: string;
    controller?: boolean;
  }[];
}

/**
 * What every object has, whatever its kind.
 *
 * @public
 */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/**
 * A Kubernetes label selector; `undefined` selects nothing, an empty one everything.
 *
 * @public
 */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: {
    key: string;
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    values?: string[];
  }[];
}

/**
 * A condition as controllers write it.
 *
 * @public
 */
export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  observedGeneration?: number;
  lastTransitionTime?: string;
}

/**
 * The namespace of a namespaced object; parsing has given every one of them one.
 *
 * @public
 */
export function namespaceOf(object: KubernetesObject): string {
  return object.metadata.namespace ?? 'default';
}
