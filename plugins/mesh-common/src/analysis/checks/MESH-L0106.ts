import { httpConditions } from '../../gateway-api/conditions';
import { inboundPolicy } from '../../linkerd/inboundPolicy';
import { GRPC_ROUTE_KIND, LinkerdRoute } from '../../linkerd/linkerdRoutes';
import { covers } from '../../linkerd/matchCoverage';
import { probePaths } from '../../linkerd/probes';
import { portsOfServer } from '../../linkerd/servers';
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
    const own = portsOfServer(snapshot, server).filter(
      ({ owner }) => owner === server,
    );
    // Its routes are the same on each of its ports.
    const policy =
      own.length > 0 && inboundPolicy(snapshot, own[0].pod, own[0].port);
    if (!policy || !('policy' in policy) || policy.routes.length === 0) {
      return;
    }
    const missing = new Map<number, Set<string>>();
    for (const { pod, port } of own) {
      for (const path of probePaths(pod).get(port) ?? []) {
        if (!policy.routes.some(({ route }) => serves(route, path))) {
          missing.set(port, (missing.get(port) ?? new Set()).add(path));
        }
      }
    }
    for (const [port, paths] of missing) {
      yield {
        message: `Server ${
          server.metadata.name
        } has routes, and none of them matches the probe GET ${[...paths]
          .sort()
          .join(', ')} of port ${port}, which gets 404`,
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
