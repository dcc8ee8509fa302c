import { assumedConfig } from '../../linkerd/controlPlaneConfig';
import {
  ISSUER,
  ISSUER_SECRET,
} from '../../linkerd/control-plane/certificates';
import { managedCertificate } from '../../mesh/control-plane/certificates';
import { CheckFinding, defineCheck } from '../check';
import { endingCertificate } from '../endingCertificate';
import { refOf } from '../naming';

export const issuerEnds = defineCheck({
  code: 'MESH-L0604',
  aliases: ['l5d-identity-issuer-cert-is-time-valid'],
  level: 'error',
  title: 'The issuer has ended, ends soon, or is not renewed',
  explanation:
    'linkerd-identity issues the certificates of all proxies by the one in Secret linkerd-identity-issuer, which cert-manager fills by this Certificate. When it ends, no proxy gets a certificate any more, and those that run stop being trusted within a day.',
  upstream:
    'pkg/healthcheck, "issuer cert is within its validity period", "issuer cert is valid for at least 60 days" (linkerd2)',
  mesh: 'linkerd',
  subject: 'cert-manager.io/Certificate',
  needs: ['ConfigMap'],
  readsClock: true,
  *run(certificate, snapshot, now): Iterable<CheckFinding> {
    const { namespace } = assumedConfig(snapshot).config;
    if (
      certificate.spec.secretName !== ISSUER_SECRET ||
      certificate.metadata.namespace !== namespace
    ) {
      return;
    }
    const issuer = managedCertificate(
      { snapshot, mesh: 'linkerd' },
      ISSUER,
      certificate,
    );
    const ending = now && endingCertificate(issuer, now);
    if (ending) {
      yield {
        message: `The issuer of ${refOf(certificate)} ${ending.text}`,
        field: 'status.notAfter',
        level: ending.level,
      };
    }
    const { renewal } = issuer;
    if (renewal?.value === 'bad') {
      yield {
        message: `cert-manager does not renew the issuer: ${renewal.reasons[0].text}`,
        ...(renewal.reasons[0].field && { field: renewal.reasons[0].field }),
        level: 'warning',
      };
    }
  },
});
