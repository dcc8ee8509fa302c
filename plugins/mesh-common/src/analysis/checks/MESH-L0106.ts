import { httpConditions } from '../../gateway-api/conditions';
import { policyOfServer } from '../../linkerd/inboundPolicy';
import { GRPC_ROUTE_KIND, LinkerdRoute } from '../../linkerd/linkerdRoutes';
import { covers } from '../../linkerd/matchCoverage';
import { portsOfServer } from '../../linkerd/serverPorts';
import { addTo } from '../../snapshot/addTo';
import { defineCheck } from '../check';

export const probesWithoutRoute = defineCheck({
  code: 'MESH-L0106',
  level: 'error',
  title: 'Probes get 404, since the Server has routes and none for them',
  explanation:
    'With the first route on a Server, the route that lets probes in by itself goes. The kubelet then gets 404, unless a route matches the path of the probe and lets in clients without an identity.',
  upstream:
    'policy-controller/k8s/index/src/inbound/index/http.rs, for_probes (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/Server',
  needs: ['Pod'],
  *run(server, snapshot) {
    const { probes } = portsOfServer(snapshot, server);
    if (probes.length === 0) {
      return;
    }
    const policy = policyOfServer(snapshot, server);
    if (!('policy' in policy) || policy.routes.length === 0) {
      return;
    }
    const missing = new Map<number, string[]>();
    for (const { port, path } of probes) {
      if (!policy.routes.some(({ route }) => serves(route, path))) {
        addTo(missing, port, path);
      }
    }
    for (const [port, paths] of missing) {
      yield {
        message: `Server ${
          server.metadata.name
        } has routes, and none of them matches the probe GET ${paths.join(
          ', ',
        )} of port ${port}, which gets 404`,
        field: 'spec',
      };
    }
  },
});

/** Whether a route has a rule that matches the probe of a path. */
function serves(candidate: LinkerdRoute, path: string): boolean {
  if (candidate.kind === GRPC_ROUTE_KIND) {
    return false;
  }
  const probe = httpConditions({
    method: 'GET',
    path: { type: 'Exact', value: path },
  });
  return (candidate.route.spec?.rules ?? []).some(({ matches = [] }) =>
    (matches.length > 0 ? matches : [{}]).some(match =>
      match.path?.type === 'RegularExpression'
        ? true
        : covers(httpConditions(match), probe),
    ),
  );
}
