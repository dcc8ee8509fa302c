import { PolicyItem } from '../checklistItems';
import { Manifest, manifest, metadataOf, PolicyTask } from '../manifest';

/**
 * How callers treat the endpoints: load balancing, limits of connections, and when an endpoint that fails is
 * left out for a while. It says nothing of TLS: by itself, Istio sends mutual TLS to who accepts it.
 */
export function destinationRule(task: PolicyTask): Manifest {
  const { name, protocol, resilience } = task.intent;
  const { circuitBreaker, maxConnections } = resilience;
  const satisfies: PolicyItem[] = ['destinationRules', 'loadBalancing'];
  if (circuitBreaker) {
    satisfies.push('circuitBreakers');
  }
  if (maxConnections) {
    satisfies.push('connectionPooling');
  }
  return manifest(
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: metadataOf(task),
      spec: {
        host: name,
        trafficPolicy: {
          loadBalancer: { simple: 'LEAST_REQUEST' },
          ...(maxConnections && {
            connectionPool: { tcp: { maxConnections } },
          }),
          ...(circuitBreaker && {
            outlierDetection: {
              // Of TCP, errors to connect are counted by the same field.
              consecutive5xxErrors: circuitBreaker.consecutiveErrors,
              ...(protocol !== 'tcp' && {
                consecutiveGatewayErrors: circuitBreaker.consecutiveErrors,
              }),
              interval: '10s',
              baseEjectionTime: circuitBreaker.ejectionTime,
              maxEjectionPercent: 50,
            },
          }),
        },
      },
    },
    'How callers spread requests over the endpoints, and when one that fails is left out',
    satisfies,
  );
}
