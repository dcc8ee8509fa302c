import { defineCheck } from '../check';
import { isInternalGateway } from '../gatewayReference';
import { refOf } from '../naming';

/** A VirtualService is bound to a gateway that istiod makes for itself. */
export const internalGatewayReferenced = defineCheck({
  code: 'IST0165',
  level: 'warning',
  title: 'VirtualService names an internal gateway',
  explanation:
    'istiod makes a gateway of its own for each listener of the Gateway API. Their names are not for use: they change with the listeners. Name the Gateway of the Gateway API itself, or use an HTTPRoute.',
  upstream: 'virtualservice.GatewayAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: [],
  *run(virtualService) {
    const gateways = virtualService.spec?.gateways ?? [];
    for (const [index, gateway] of gateways.entries()) {
      if (isInternalGateway(gateway)) {
        yield {
          message: `${refOf(
            virtualService,
          )} names ${gateway}, which istiod makes for itself: use an HTTPRoute with the Gateway as its parent`,
          field: `spec.gateways[${index}]`,
        };
      }
    }
  },
});
