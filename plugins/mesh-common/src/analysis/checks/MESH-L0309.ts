import { BackendRef } from '../../gateway-api/objects';
import { backendOf, isService } from '../../gateway-api/references';
import { namespaceOf } from '../../kubernetes/objects';
import { parentsOf } from '../../linkerd/linkerdRoutes';
import { isEgressNetwork } from '../../linkerd/routeParents';
import { defineRouteChecks } from '../linkerdRouteChecks';

export const backendNamespaceUnsaid = defineRouteChecks(
  {
    code: 'MESH-L0309',
    level: 'warning',
    title: 'A backend of a route for another namespace says no namespace',
    explanation:
      "What a backend without namespace means depends on who reads it: proxies take it for one of the parent's namespace, the status of the route is about one of the route's own. Write the namespace.",
    upstream:
      'policy-controller/k8s/index/src/outbound/index/http.rs, convert_backend; k8s/status/src/routes/http.rs (linkerd2)',
  },
  function* run(candidate) {
    const own = namespaceOf(candidate.route);
    const foreign = parentsOf(candidate)
      .map(({ referent }) => referent)
      .find(
        parent =>
          (isService(parent) || isEgressNetwork(parent)) &&
          parent.namespace !== own,
      );
    const rules: { backendRefs?: BackendRef[] }[] =
      candidate.route.spec?.rules ?? [];
    for (const [rule, { backendRefs = [] }] of foreign ? rules.entries() : []) {
      for (const [index, backend] of backendRefs.entries()) {
        if (
          backend.namespace === undefined &&
          isService(backendOf(backend, own))
        ) {
          yield {
            message: `Backend ${backend.name} is taken for the one of namespace ${foreign?.namespace}, where its parent is, and not of ${own}: write the namespace that is meant`,
            field: `spec.rules[${rule}].backendRefs[${index}]`,
          };
        }
      }
    }
  },
);
