import { namespaceOf } from '../../kubernetes/objects';
import { serviceRoutes } from '../../linkerd/routes';
import { defineCheck } from '../check';
import { mayBeRouted } from '../routedServices';

export const requestsWithoutRoute = defineCheck({
  code: 'MESH-L0304',
  level: 'info',
  title: 'Requests that no route matches get 404',
  explanation:
    'With the first route on a Service, requests that match none of its rules are no longer forwarded: clients get 404. A rule without matches takes everything else.',
  upstream: 'policy-controller/grpc/src/outbound.rs (linkerd2)',
  mesh: 'linkerd',
  subject: 'Service',
  needs: ['Pod'],
  *run(service, snapshot) {
    if (!mayBeRouted(snapshot, service)) {
      return;
    }
    const { ports } = serviceRoutes(snapshot, service, {
      namespace: namespaceOf(service),
    });
    for (const { port, unmatched, rules } of ports) {
      if (unmatched) {
        yield {
          message: `Requests to port ${port} of Service ${
            service.metadata.name
          } that ${
            rules.length === 1
              ? 'do not match its only rule'
              : `match none of its ${rules.length} rules`
          } get ${unmatched.status}`,
          field: 'spec.ports',
        };
      }
    }
  },
});
