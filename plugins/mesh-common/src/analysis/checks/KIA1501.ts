import { defineCheck } from '../check';
import { listenersOf, othersWith } from '../gatewayListeners';
import { fullNameOf, refOf } from '../naming';

/** A listener is for a host, port and protocol that another Gateway has. */
export const listenerOfTwoGateways = defineCheck({
  code: 'KIA1501',
  level: 'info',
  title: 'Gateways listen for one host',
  explanation:
    'Several Gateways have a listener for one host, port and protocol. Each has an address of its own, and which of them clients reach depends on the DNS: routes have to be attached to the right one.',
  upstream: 'k8sgateways.MultiMatchChecker (Kiali)',
  mesh: 'istio',
  subject: 'gateway.networking.k8s.io/Gateway',
  needs: [],
  *run(gateway, snapshot) {
    for (const [index, { key, text, hostname }] of listenersOf(
      gateway,
    ).entries()) {
      const others = hostname ? othersWith(snapshot, gateway, key) : [];
      if (others.length > 0) {
        yield {
          message: `${refOf(gateway)} listens on ${text}, as ${others
            .map(fullNameOf)
            .sort()
            .join(', ')}`,
          field: `spec.listeners[${index}].hostname`,
        };
      }
    }
  },
});
