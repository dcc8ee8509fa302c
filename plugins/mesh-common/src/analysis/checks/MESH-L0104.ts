import { letsInSomebody } from '../../linkerd/authorizations';
import { inboundPolicy } from '../../linkerd/inboundPolicy';
import { podsOfServer, serverOfPort, serverPorts } from '../../linkerd/servers';
import { defineCheck } from '../check';

export const serverLetsNobodyIn = defineCheck({
  code: 'MESH-L0104',
  level: 'warning',
  title: 'A Server lets nobody in',
  explanation:
    "Unless it says otherwise, a Server denies what no authorization allows. Without any that has an effect, every client is refused (the kubelet's probes apart), which is rarely meant.",
  upstream: 'policy-controller/k8s/index/src/inbound/index.rs (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/Server',
  needs: ['Pod'],
  *run(server, snapshot) {
    const pods = podsOfServer(snapshot, server);
    for (const pod of pods) {
      for (const port of serverPorts(server, pod)) {
        const policy = inboundPolicy(snapshot, pod, port);
        if (
          serverOfPort(snapshot, pod, port).server === server &&
          'policy' in policy &&
          ![
            ...policy.authorizations,
            ...policy.routes.flatMap(route => route.authorizations),
          ].some(letsInSomebody)
        ) {
          const [ignored] = policy.ignored.filter(
            ({ object }) =>
              object?.kind === 'policy.linkerd.io/AuthorizationPolicy' ||
              object?.kind === 'policy.linkerd.io/ServerAuthorization',
          );
          yield {
            message: `Server ${
              server.metadata.name
            } denies by default, and no authorization lets anybody in to port ${port}${
              ignored ? `. ${ignored.text}` : ''
            }`,
            field:
              server.spec.accessPolicy === undefined
                ? 'spec'
                : 'spec.accessPolicy',
          };
          return;
        }
      }
    }
  },
});
