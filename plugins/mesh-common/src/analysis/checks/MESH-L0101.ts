import { isLinkerdContainer } from '../../linkerd/proxy';
import { podsOfServer, serverPorts } from '../../linkerd/servers';
import { defineCheck } from '../check';

export const serverPortMatchesNothing = defineCheck({
  code: 'MESH-L0101',
  level: 'error',
  title: 'A Server names a port that no container has',
  explanation:
    'A Server whose port is a name selects the container ports with that name. Where no selected pod has one, the Server has no effect, without anybody saying so: the port that was meant keeps the default policy.',
  upstream:
    'policy-controller/k8s/index/src/inbound/pod.rs, select_ports (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/Server',
  needs: ['Pod'],
  *run(server, snapshot) {
    const pods = podsOfServer(snapshot, server);
    if (
      typeof server.spec.port === 'string' &&
      pods.length > 0 &&
      pods.every(pod => serverPorts(server, pod).length === 0)
    ) {
      const names = new Set(
        pods.flatMap(({ spec }) =>
          spec.containers
            .filter(container => !isLinkerdContainer(container))
            .flatMap(({ ports }) => ports.flatMap(({ name }) => name ?? [])),
        ),
      );
      yield {
        message: `No container of the pods that Server ${
          server.metadata.name
        } selects has a TCP port named ${
          server.spec.port
        }, so it selects no port. Named ports there: ${
          [...names].sort().join(', ') || 'none'
        }`,
        field: 'spec.port',
      };
    }
  },
});
