import { defineCheck } from '../../check';
import { refOf } from '../../naming';
import { DEPRECATED } from './deprecated';

/** A Sidecar names a proxy for unknown destinations. istioctl says that it is ignored; istiod still follows it. */
export const sidecarEgressProxy = defineCheck({
  ...DEPRECATED,
  upstream: 'deprecation.DeprecationAnalyzer (istioctl)',
  subject: 'networking.istio.io/Sidecar',
  *run(sidecar) {
    if (sidecar.spec?.outboundTrafficPolicy?.egressProxy !== undefined) {
      yield {
        message: `${refOf(
          sidecar,
        )} sets outboundTrafficPolicy.egressProxy, which is deprecated: remove it, and send the hosts through an egress gateway by a VirtualService`,
        field: 'spec.outboundTrafficPolicy.egressProxy',
      };
    }
  },
});
