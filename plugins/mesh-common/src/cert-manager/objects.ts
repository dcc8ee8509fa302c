import { Condition, KubernetesObject } from '../kubernetes/objects';

/**
 * What rules read of a Certificate of cert-manager: what it keeps in which Secret, and until when that is good.
 *
 * @public
 */
export interface CertManagerCertificate extends KubernetesObject {
  spec: {
    secretName: string;
    isCA?: boolean;
  };
  status?: {
    notBefore?: string;
    notAfter?: string;
    renewalTime?: string;
    conditions: Condition[];
  };
}
