import { defineCheck } from '../check';
import { refOf } from '../naming';
import { isUnverified } from './serverVerification';

/** The same as IST0128, for one port. */
export const serverNotVerifiedAtPort = defineCheck({
  code: 'IST0129',
  level: 'warning',
  title: 'Server certificate is not verified at a port',
  explanation:
    'The settings of a port turn TLS on (SIMPLE or MUTUAL) and have no caCertificates. They replace those of the rule as a whole, so that nothing says who may have signed the certificate of the server at this port.',
  upstream: 'destinationrule.CaCertificateAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: [],
  *run(rule) {
    const settings = rule.spec?.trafficPolicy?.portLevelSettings ?? [];
    for (const [index, { tls, port }] of settings.entries()) {
      if (isUnverified(tls, rule)) {
        const field = `spec.trafficPolicy.portLevelSettings[${index}].tls`;
        yield {
          message: `${refOf(rule)} has clients of port ${port?.number} of ${
            rule.spec?.host
          } use TLS (mode ${
            tls?.mode
          }) without caCertificates: set ${field}.caCertificates, so that they verify the server's certificate`,
          field,
        };
      }
    }
  },
});
