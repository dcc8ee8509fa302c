import { defineKind } from '../kubernetes/defineKind';
import { certManagerCertificateSchema } from './schemas';

/** What is read of cert-manager's kinds. */
export const CERT_MANAGER_KINDS = {
  /** Of certificates in Secrets, which are not read, only this says until when they are good. */
  'cert-manager.io/Certificate': defineKind({
    group: 'cert-manager.io',
    versions: ['v1'],
    namespaced: true,
    keep: 'read-fields',
    kind: 'Certificate',
    plural: 'certificates',
    schema: certManagerCertificateSchema,
  }),
};
