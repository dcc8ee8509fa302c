import { parentsOf } from '../../linkerd/linkerdRoutes';
import { acceptanceOf } from '../../linkerd/routeAcceptance';
import { isLinkerdParent } from '../../linkerd/routeParents';
import { defineAllRouteChecks } from '../linkerdRouteChecks';

export const routeNotAccepted = defineAllRouteChecks(
  {
    code: 'MESH-L0301',
    level: 'error',
    title: 'A route is not accepted',
    explanation:
      'Linkerd uses a route for a parent only if its controller has accepted it. It does not where the Server, Service or EgressNetwork does not exist, where the Service has no cluster IP or the EgressNetwork is not accepted itself, and where a route of a more specific kind has the same parent: GRPCRoute before HTTPRoute before TLSRoute before TCPRoute.',
    upstream: 'policy-controller/k8s/status/src/index.rs (linkerd2)',
  },
  ['Service'],
  function* run(candidate, snapshot) {
    for (const parent of parentsOf(candidate)) {
      const { referent } = parent;
      const { reason } = isLinkerdParent(referent)
        ? acceptanceOf(snapshot, candidate, parent)
        : { reason: undefined };
      if (reason) {
        const port = referent.port ? `, port ${referent.port}` : '';
        yield {
          message: `${reason.text}. Parent: ${referent.kind} ${referent.namespace}/${referent.name}${port}`,
          field: parent.field,
        };
      }
    }
  },
);
