import { routesWithoutUse } from '../../linkerd/inboundRoutes';
import { routeName } from '../../linkerd/linkerdRoutes';
import { defineCheck } from '../check';

export const routesOfOtherProtocol = defineCheck({
  code: 'MESH-L0107',
  level: 'error',
  title: 'A Server has routes of a protocol that it does not have',
  explanation:
    'HTTPRoutes count on Servers whose proxyProtocol is unknown, HTTP/1 or HTTP/2, GRPCRoutes where it is gRPC. On an opaque or TLS port requests are not read. The routes have no effect there, nor have the policies that target them.',
  upstream:
    'policy-controller/k8s/index/src/inbound/index/{http,grpc}.rs (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/Server',
  needs: [],
  *run(server, snapshot) {
    const { name } = server.metadata;
    const { proxyProtocol = 'unknown' } = server.spec;
    for (const candidate of routesWithoutUse(snapshot, server)) {
      yield {
        message: `${routeName(
          candidate,
        )} has no effect on Server ${name}, whose protocol is ${proxyProtocol}`,
        field:
          server.spec.proxyProtocol === undefined
            ? 'spec'
            : 'spec.proxyProtocol',
      };
    }
  },
});
