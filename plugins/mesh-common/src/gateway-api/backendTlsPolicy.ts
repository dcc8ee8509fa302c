import { Condition, KubernetesObject } from '../kubernetes/objects';
import { ParentReference } from './objects';

/**
 * A BackendTLSPolicy of the Gateway API: how what sends to a Service speaks TLS with its endpoints.
 *
 * @public
 */
export interface BackendTLSPolicy extends KubernetesObject {
  spec?: {
    targetRefs?: {
      group?: string;
      kind: string;
      name: string;
      /** Name of a port. */
      sectionName?: string;
    }[];
    validation?: {
      caCertificateRefs?: {
        group?: string;
        kind: string;
        name: string;
      }[];
      wellKnownCACertificates?: string;
      hostname?: string;
      subjectAltNames?: {
        type: string;
        hostname?: string;
        uri?: string;
      }[];
    };
  };
  status?: {
    ancestors?: {
      ancestorRef: ParentReference;
      controllerName?: string;
      conditions?: Condition[];
    }[];
  };
}
