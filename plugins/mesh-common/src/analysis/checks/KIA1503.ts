import { defineCheck } from '../check';
import { listenersOf } from '../gatewayListeners';
import { refOf } from '../naming';

/** A Gateway has two listeners for one host, port and protocol. */
export const listenerTwice = defineCheck({
  code: 'KIA1503',
  level: 'error',
  title: 'Listener twice in one Gateway',
  explanation:
    'Port, protocol and host of a listener have to be its own: of two that are equal one is left out, and newer versions of the Gateway API refuse the Gateway.',
  upstream: 'k8sgateways.MultiMatchChecker (Kiali)',
  mesh: 'istio',
  subject: 'gateway.networking.k8s.io/Gateway',
  needs: [],
  *run(gateway) {
    const seen = new Set<string>();
    for (const [index, { key, text }] of listenersOf(gateway).entries()) {
      if (seen.has(key)) {
        yield {
          message: `${refOf(
            gateway,
          )} listens on ${text} twice: keep one of the listeners`,
          field: `spec.listeners[${index}]`,
        };
      }
      seen.add(key);
    }
  },
});
