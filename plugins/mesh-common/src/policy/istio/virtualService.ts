import { PolicyItem } from '../checklistItems';
import { Manifest, manifest, metadataOf, PolicyTask } from '../manifest';

/** Conditions under which the request did not reach the service, so that a second one does no harm. */
const NOT_RECEIVED = ['connect-failure', 'refused-stream'];

/** Conditions after which the service may have done what it was asked for. */
const SERVER_ERRORS = {
  http: ['5xx', 'reset'],
  grpc: ['unavailable', 'cancelled', 'reset'],
};

/** The route to the service with its timeout and retries. Of TCP there is neither. */
export function virtualService(task: PolicyTask): Manifest | undefined {
  const { name, port, protocol, resilience } = task.intent;
  if (protocol === 'tcp') {
    return undefined;
  }
  const { timeout, retries } = resilience;
  const satisfies: PolicyItem[] = ['virtualServices', 'trafficRules'];
  if (retries) {
    satisfies.push('retryPolicies');
  }
  if (timeout && retries) {
    satisfies.push('timeoutsAndRetries');
  }
  return manifest(
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: metadataOf(task),
      spec: {
        hosts: [name],
        http: [
          {
            name: 'default',
            route: [{ destination: { host: name, port: { number: port } } }],
            ...(timeout && { timeout }),
            ...(retries && {
              retries: {
                attempts: retries.attempts,
                ...(retries.perTryTimeout && {
                  perTryTimeout: retries.perTryTimeout,
                }),
                retryOn: [
                  ...NOT_RECEIVED,
                  ...(retries.idempotent ? SERVER_ERRORS[protocol] : []),
                ].join(','),
              },
            }),
          },
        ],
      },
    },
    'The route to the service, with its timeout and retries',
    satisfies,
  );
}
