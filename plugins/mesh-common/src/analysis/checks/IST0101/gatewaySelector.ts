import { defineCheck } from '../../check';
import { labelsText, refOf } from '../../naming';
import { POD_KINDS } from '../../workloadPods';
import { podsOfGateway } from '../gatewayPods';
import { REFERENCE_NOT_FOUND } from './reference';

/** A Gateway selects no pod, so that nobody listens. */
export const gatewaySelectorMatchesNothing = defineCheck({
  ...REFERENCE_NOT_FOUND,
  aliases: ['KIA0302'],
  upstream:
    'gateway.IngressGatewayPortAnalyzer, gateway.SecretAnalyzer (istioctl); gateways.SelectorChecker (Kiali)',
  subject: 'networking.istio.io/Gateway',
  needs: POD_KINDS,
  *run(gateway, snapshot) {
    const [pod] = podsOfGateway(snapshot, gateway);
    if (!pod) {
      yield {
        message: `${refOf(
          gateway,
        )} selects no pod: none has the labels ${labelsText(
          gateway.spec?.selector ?? {},
        )}; use those of the gateway's Deployment`,
        field: 'spec.selector',
      };
    }
  },
});
