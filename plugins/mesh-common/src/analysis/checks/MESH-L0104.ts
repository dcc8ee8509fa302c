import { letsInSomebody } from '../../linkerd/authorizations';
import { policyOfServer } from '../../linkerd/inboundPolicy';
import { portsOfServer } from '../../linkerd/serverPorts';
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
    const [port] = portsOfServer(snapshot, server).own;
    const policy =
      port === undefined ? undefined : policyOfServer(snapshot, server);
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
        } denies by default, and no authorization lets anybody in to port ${port}${
          ignored ? `. ${ignored.text}` : ''
        }`,
        field:
          server.spec.accessPolicy === undefined ? 'spec' : 'spec.accessPolicy',
      };
    }
  },
});
