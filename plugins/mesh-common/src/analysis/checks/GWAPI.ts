import { Condition } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { isTransitional } from './IST0171';

/** Conditions that IST0171 does not look at, and the status that is bad. */
const OF_GATEWAY: Readonly<Record<string, string>> = {
  Ready: 'False',
  Scheduled: 'False',
};

const OF_LISTENER: Readonly<Record<string, string>> = {
  Accepted: 'False',
  Conflicted: 'True',
  Detached: 'True',
  Programmed: 'False',
  Ready: 'False',
  ResolvedRefs: 'False',
};

/** The status of a listener, or a condition of the first versions of the API, says that a Gateway does not do what it says. */
export const badGatewayStatus = defineCheck({
  code: 'GWAPI',
  level: 'warning',
  title: 'A listener of the Gateway does not work',
  explanation:
    'The controller says in the status of the Gateway which of its listeners it could not set up. Their port is not served until that is mended; reason and message of the condition tell why.',
  upstream: 'k8sgateways.StatusChecker (Kiali)',
  mesh: 'istio',
  subject: 'gateway.networking.k8s.io/Gateway',
  needs: [],
  *run(gateway) {
    const { conditions = [], listeners = [] } = gateway.status ?? {};
    for (const condition of conditions.filter(isBad(OF_GATEWAY))) {
      yield {
        message: `${refOf(gateway)} is not ${condition.type}${why(condition)}`,
        field: 'status.conditions',
      };
    }
    for (const [index, listener] of listeners.entries()) {
      for (const condition of (listener.conditions ?? []).filter(
        isBad(OF_LISTENER),
      )) {
        yield {
          message: `Listener ${listener.name ?? index} of ${refOf(
            gateway,
          )} is ${condition.status === 'False' ? 'not ' : ''}${
            condition.type
          }${why(condition)}`,
          field: `status.listeners[${index}].conditions`,
        };
      }
    }
  },
});

function isBad(bad: Readonly<Record<string, string>>) {
  return (condition: Condition) =>
    Object.hasOwn(bad, condition.type) &&
    bad[condition.type] === condition.status &&
    !isTransitional(condition);
}

function why({ reason, message }: Condition): string {
  return `${reason ? ` (${reason})` : ''}${message ? `: ${message}` : ''}`;
}
