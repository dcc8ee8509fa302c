import { defineCheck } from '../check';
import { refOf } from '../naming';
import { isUnverified } from './serverVerification';

/** A DestinationRule turns TLS on without saying which authority the server's certificate must come from. */
export const serverNotVerified = defineCheck({
  code: 'IST0128',
  level: 'warning',
  title: 'Server certificate is not verified',
  explanation:
    'With mode SIMPLE or MUTUAL and without caCertificates nothing in the rule says who may have signed the certificate of the server, so that somebody in between may answer in its place. Name the authority’s certificates, or system for the public ones.',
  upstream: 'destinationrule.CaCertificateAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: [],
  *run(rule) {
    const tls = rule.spec?.trafficPolicy?.tls;
    if (isUnverified(tls, rule)) {
      yield {
        message: `${refOf(rule)} has clients of ${
          rule.spec?.host
        } use TLS (mode ${
          tls?.mode
        }) without caCertificates: set spec.trafficPolicy.tls.caCertificates, so that they verify the server's certificate`,
        field: 'spec.trafficPolicy.tls',
      };
    }
  },
});
