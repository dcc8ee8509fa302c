import { isService } from '../../gateway-api/references';
import { namespaceOf } from '../../kubernetes/objects';
import {
  parentsOf,
  ROUTE_KINDS,
  sortedRoutes,
} from '../../linkerd/linkerdRoutes';
import { isMeshedService } from '../../linkerd/meshed';
import { serviceRoutes } from '../../linkerd/routes';
import { defineIndex } from '../../snapshot/defineIndex';
import { defineQuestion } from '../../snapshot/defineQuestion';
import { defineCheck } from '../check';

const servicesWithRoutes = defineIndex(ROUTE_KINDS, input => {
  const names = new Set<string>();
  for (const route of sortedRoutes(input)) {
    for (const { referent } of parentsOf(route)) {
      if (isService(referent)) {
        names.add(referent.name);
      }
    }
  }
  return names;
});

const mayHaveRoutes = defineQuestion((snapshot, key) => {
  const [namespace, name] = key.split('/');
  return servicesWithRoutes(snapshot, namespace).has(name);
}, Object.is);

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
    // Most Services have none, which is known before any pod is looked at.
    if (
      !mayHaveRoutes(
        snapshot,
        `${namespaceOf(service)}/${service.metadata.name}`,
      ) ||
      !isMeshedService(snapshot, service)
    ) {
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
