import {
  ContainerProbe,
  probedPort,
  probesOf,
} from '../../kubernetes/containerProbes';
import { Container } from '../../kubernetes/core';
import { KindId } from '../../kubernetes/kinds';
import { isMeshed } from '../../linkerd/meshed';
import { isLinkerdContainer } from '../../linkerd/proxy';
import { skippedInbound } from '../../linkerd/skippedPorts';
import { podOfWorkload } from '../podOfWorkload';
import { workloadCheck } from '../workloadCheck';

const NEEDS: readonly KindId[] = ['Pod', 'Namespace'];

export const tcpProbeOfProxy = workloadCheck({
  code: 'MESH-L0111',
  level: 'info',
  title: 'A probe by TCP asks the proxy instead of the application',
  explanation:
    'Connections to all ports of a meshed pod are led to its proxy, which takes each before it looks for the application. A tcpSocket probe so passes as long as the proxy runs, also where the application is dead or not yet listening. Ask by httpGet, grpc or exec, or leave the port out by config.linkerd.io/skip-inbound-ports.',
  upstream: 'linkerd/linkerd2#7777; iptables/iptables.go (linkerd2-proxy-init)',
  mesh: 'linkerd',
  needs: NEEDS,
  *run(controller, snapshot) {
    const asked = controller.spec.template.spec.containers.flatMap(
      (container, place) =>
        isLinkerdContainer(container) ? [] : askedOf(container, place),
    );
    const pod =
      asked.length > 0 ? podOfWorkload(controller, snapshot) : undefined;
    if (!pod || !isMeshed(snapshot, pod)) {
      return;
    }
    for (const { name, container, place, port } of asked) {
      if (!skippedInbound(snapshot, pod, port)) {
        yield {
          message: `${name} of container ${container} connects to port ${port}, which the proxy of the pod takes, whether the application listens or not`,
          field: `spec.template.spec.containers[${place}].${name}`,
        };
      }
    }
  },
});

interface Asked extends Pick<ContainerProbe, 'name'> {
  container: string;
  place: number;
  port: number;
}

/** The probes that want a connection alone. */
function askedOf(container: Container, place: number): Asked[] {
  return probesOf(container).flatMap(({ name, probe: { tcpSocket } }) => {
    const port = probedPort(container, tcpSocket?.port);
    return port === undefined
      ? []
      : [{ name, container: container.name, place, port }];
  });
}
