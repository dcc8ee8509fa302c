import { KubernetesObject, LabelSelector } from '../../kubernetes/objects';
import {
  IstioStatus,
  PolicySelector,
  PolicyTargetReference,
  WorkloadSelector,
} from '../objectParts';

/**
 * Raw changes of a proxy's configuration. What they do is not modelled, but how they are applied is checked.
 *
 * @public
 */
export interface EnvoyFilter extends KubernetesObject {
  spec?: {
    workloadSelector?: WorkloadSelector;
    targetRefs?: PolicyTargetReference[];
    priority?: number;
    configPatches?: {
      applyTo?: string;
      match?: {
        proxy?: {
          proxyVersion?: string;
        };
        listener?: {
          filterChain?: {
            filter?: {
              name?: string;
            };
          };
        };
      };
      patch?: {
        operation?: string;
        value?: Record<string, unknown>;
      };
    }[];
  };
  status?: IstioStatus;
}

/**
 * The input of `istioctl install`; nothing in a cluster reads it since Istio 1.24.
 *
 * @public
 */
export interface IstioOperator extends KubernetesObject {
  spec?: {
    profile?: string;
    values?: {
      [key: string]: unknown;
    };
  };
}

/**
 * A Telemetry of Istio.
 *
 * @public
 */
export interface Telemetry extends KubernetesObject {
  spec?: {
    selector?: PolicySelector;
    targetRef?: PolicyTargetReference;
    targetRefs?: PolicyTargetReference[];
    accessLogging?: {
      disabled?: boolean;
      providers?: {
        name?: string;
      }[];
    }[];
    tracing?: {
      providers?: {
        name?: string;
      }[];
    }[];
    metrics?: {
      overrides?: unknown[];
    }[];
  };
  status?: IstioStatus;
}

/**
 * A ProxyConfig of Istio.
 *
 * @public
 */
export interface ProxyConfig extends KubernetesObject {
  spec?: {
    selector?: PolicySelector;
    image?: {
      imageType?: string;
    };
  };
}

/**
 * WasmPlugin and TrafficExtension are not modelled; what they select may differ from an answer.
 *
 * @public
 */
export interface ProxyExtension extends KubernetesObject {
  spec?: {
    workloadSelector?: WorkloadSelector;
    selector?: LabelSelector;
    targetRef?: PolicyTargetReference;
    targetRefs?: PolicyTargetReference[];
  };
  status?: IstioStatus;
}
