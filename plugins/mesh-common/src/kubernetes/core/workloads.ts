import { KubernetesObject, LabelSelector, ObjectMeta } from '../objects';
import { PodSpec } from './pods';

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
