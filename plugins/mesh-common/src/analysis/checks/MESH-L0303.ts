import { isService } from '../../gateway-api/references';
import { parentsOf, routeName } from '../../linkerd/linkerdRoutes';
import { ruleBackends } from '../../linkerd/routeBackends';
import { defineRouteChecks } from '../linkerdRouteChecks';

export const backendMissing = defineRouteChecks(
  {
    code: 'MESH-L0303',
    level: 'error',
    title: 'A backend of a route cannot be used',
    explanation:
      'The share of requests that falls on a backend that does not exist, that has no port, or that is no Service, is answered with 500. A backend without namespace is looked for in the namespace of the parent Service.',
    upstream:
      'policy-controller/k8s/index/src/outbound/index/http.rs, convert_backend (linkerd2)',
  },
  function* run(candidate, snapshot) {
    const said = new Set<string>();
    for (const { referent } of parentsOf(candidate)) {
      const service =
        isService(referent) &&
        snapshot.get('Service', referent.namespace, referent.name);
      for (const [rule] of (service
        ? candidate.route.spec?.rules ?? []
        : []
      ).entries()) {
        const [port] = service ? service.spec.ports : [];
        const { backends } =
          service && port
            ? ruleBackends(snapshot, service, port, candidate, rule)
            : { backends: [] };
        for (const { missing, percent } of backends) {
          const field = missing?.reason.field;
          if (missing && field && !said.has(field)) {
            said.add(field);
            yield {
              message: `${missing.reason.text}: ${
                Math.round(percent * 10) / 10
              } % of the requests of rule ${rule} of ${routeName(
                candidate,
              )} get ${missing.status}`,
              field,
            };
          }
        }
      }
    }
  },
);
