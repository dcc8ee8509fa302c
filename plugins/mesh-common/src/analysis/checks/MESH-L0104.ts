import { letsInSomebody } from '../../linkerd/authorizations';
import { inboundPolicy } from '../../linkerd/inboundPolicy';
import { portsOfServer } from '../../linkerd/servers';
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
    const own = portsOfServer(snapshot, server).find(
      ({ owner }) => owner === server,
    );
    // What it lets in is the same on each of its ports.
    const policy = own && inboundPolicy(snapshot, own.pod, own.port);
    if (
      policy &&
      'policy' in policy &&
      ![
        ...policy.authorizations,
        ...policy.routes.flatMap(route => route.authorizations),
      ].some(letsInSomebody)
    ) {
      const ignored = policy.ignored.find(
        ({ object }) =>
          object?.kind === 'policy.linkerd.io/AuthorizationPolicy' ||
          object?.kind === 'policy.linkerd.io/ServerAuthorization',
      );
      yield {
        message: `Server ${
          server.metadata.name
        } denies by default, and no authorization lets anybody in to port ${
          own.port
        }${ignored ? `. ${ignored.text}` : ''}`,
        field:
          server.spec.accessPolicy === undefined ? 'spec' : 'spec.accessPolicy',
      };
    }
  },
});
