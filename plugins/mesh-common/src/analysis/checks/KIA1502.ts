import { defineCheck } from '../check';
import { addressesOf, othersWith } from '../gatewayListeners';
import { fullNameOf, refOf } from '../naming';

/** A Gateway asks for the address of another one. */
export const addressOfTwoGateways = defineCheck({
  code: 'KIA1502',
  level: 'warning',
  title: 'Gateways ask for one address',
  explanation:
    'Several Gateways ask for one address. It can be given to one of them; the others are not reached at it.',
  upstream: 'k8sgateways.MultiMatchChecker (Kiali)',
  mesh: 'istio',
  subject: 'gateway.networking.k8s.io/Gateway',
  needs: [],
  *run(gateway, snapshot) {
    for (const [index, { key, text }] of addressesOf(gateway).entries()) {
      const others = othersWith(snapshot, gateway, key);
      if (others.length > 0) {
        yield {
          message: `${refOf(gateway)} asks for the address ${text}, as ${others
            .map(fullNameOf)
            .sort()
            .join(', ')}: give each its own`,
          field: `spec.addresses[${index}]`,
        };
      }
    }
  },
});
