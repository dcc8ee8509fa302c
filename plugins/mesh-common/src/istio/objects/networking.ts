import { Condition, KubernetesObject } from '../../kubernetes/objects';
import {
  Destination,
  IstioStatus,
  WorkloadEntrySpec,
  WorkloadSelector,
} from '../objectParts';

/**
 * A Gateway of Istio.
 *
 * @public
 */
export interface Gateway extends KubernetesObject {
  spec?: {
    selector?: Record<string, string>;
    servers?: {
      name?: string;
      port?: {
        number: number;
        name?: string;
        protocol?: string;
      };
      hosts?: string[];
      bind?: string;
      tls?: {
        mode?: string;
        httpsRedirect?: boolean;
        credentialName?: string;
        serverCertificate?: string;
        privateKey?: string;
      };
    }[];
  };
  status?: IstioStatus;
}

/**
 * A ServiceEntry of Istio.
 *
 * @public
 */
export interface ServiceEntry extends KubernetesObject {
  spec?: {
    hosts?: string[];
    addresses?: string[];
    ports?: {
      number: number;
      name?: string;
      protocol?: string;
      targetPort?: number;
    }[];
    location?: string;
    resolution?: string;
    endpoints?: WorkloadEntrySpec[];
    subjectAltNames?: string[];
    exportTo?: string[];
    workloadSelector?: WorkloadSelector;
  };
  status?: {
    conditions?: Condition[];
    /** That istiod gave it, for clients that look its hosts up. */
    addresses?: {
      host?: string;
      value?: string;
    }[];
  };
}

/**
 * A Sidecar of Istio.
 *
 * @public
 */
export interface Sidecar extends KubernetesObject {
  spec?: {
    workloadSelector?: WorkloadSelector;
    /** Where it lists any, these ports count instead of those of Services. */
    ingress?: {
      port?: {
        number?: number;
        protocol?: string;
      };
      tls?: {
        mode?: string;
      };
    }[];
    egress?: {
      hosts?: string[];
      port?: {
        number?: number;
        protocol?: string;
      };
      bind?: string;
      captureMode?: string;
    }[];
    outboundTrafficPolicy?: {
      mode?: string;
      egressProxy?: Destination;
    };
  };
  status?: IstioStatus;
}

/**
 * A WorkloadEntry of Istio.
 *
 * @public
 */
export interface WorkloadEntry extends KubernetesObject {
  spec?: WorkloadEntrySpec;
  status?: IstioStatus;
}

/**
 * Machines outside the cluster that are alike: what the entries of those that join are made of.
 *
 * @public
 */
export interface WorkloadGroup extends KubernetesObject {
  spec?: {
    metadata?: {
      labels?: Record<string, string>;
      annotations?: Record<string, string>;
    };
    template?: WorkloadEntrySpec;
  };
}
