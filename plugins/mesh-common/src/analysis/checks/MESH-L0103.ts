import { isOlder } from '../../linkerd/age';
import { Server } from '../../linkerd/objects';
import { portsOfServer } from '../../linkerd/serverPorts';
import { defineCheck } from '../check';

export const serverShadowed = defineCheck({
  code: 'MESH-L0103',
  level: 'error',
  title: 'A Server has no effect on a port, since an older one selects it',
  explanation:
    'A port of a pod belongs to the oldest Server that selects it (of equal ages, the first by name). Younger ones, and all policies for them, do not count there; the controller only writes a line to its log.',
  upstream: 'policy-controller/k8s/index/src/inbound/index.rs (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/Server',
  needs: ['Pod'],
  *run(server, snapshot) {
    const winners = new Map<Server, Set<number>>();
    for (const { port, owner } of portsOfServer(snapshot, server).shadowed) {
      winners.set(owner, (winners.get(owner) ?? new Set()).add(port));
    }
    for (const [winner, ports] of winners) {
      yield {
        message: `Server ${server.metadata.name} has no effect on port ${[
          ...ports,
        ].join(', ')}: Server ${winner.metadata.name} ${
          isOlder(winner, server) ? 'is older' : 'comes before it'
        } and selects it too`,
        field: 'spec.port',
      };
    }
  },
});
