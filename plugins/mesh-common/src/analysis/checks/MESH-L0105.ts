import { isMeshed } from '../../linkerd/meshed';
import { podsOfServer, serverPorts } from '../../linkerd/servers';
import { skippedInbound } from '../../linkerd/skippedPorts';
import { defineCheck } from '../check';

export const serverOnSkippedPort = defineCheck({
  code: 'MESH-L0105',
  level: 'error',
  title: 'A Server is for a port that bypasses the proxy',
  explanation:
    'Traffic to a port of config.linkerd.io/skip-inbound-ports never reaches the proxy: there is no mutual TLS on it, and neither Servers nor policies decide about it. A port whose protocol cannot be detected should be opaque (config.linkerd.io/opaque-ports), not skipped.',
  upstream: 'charts/partials, proxy-init (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/Server',
  needs: ['Pod', 'Namespace'],
  *run(server, snapshot) {
    for (const pod of podsOfServer(snapshot, server)) {
      for (const port of serverPorts(server, pod)) {
        const skipped = skippedInbound(snapshot, pod, port);
        // Few ports are skipped, and who has a proxy takes longer to say.
        if (skipped && isMeshed(snapshot, pod)) {
          yield {
            message: `Server ${server.metadata.name} decides nothing about port ${port}: ${skipped.text}`,
            field: 'spec.port',
          };
          return;
        }
      }
    }
  },
});
