import {
  ContainerProbe,
  probedPort,
  probesOf,
} from '../kubernetes/containerProbes';
import { Container, Probe } from '../kubernetes/core';
import { isLinkerdContainer } from '../linkerd/proxy';
import { CallFacts } from '../mesh/whoMayCall/facts';

/** How the kubelet asks by gRPC. */
const GRPC = {
  method: 'POST',
  path: '/grpc.health.v1.Health/Check',
  headers: { 'content-type': 'application/grpc' },
} as const;

/** The requests by which the kubelet asks about a container of a template. */
export function probeRequests(
  container: Container,
  place: number,
): ProbeRequest[] {
  return isLinkerdContainer(container)
    ? []
    : probesOf(container).flatMap(({ name, probe }) => {
        const asked = askedBy(container, probe);
        return asked
          ? [{ ...asked, name, container: container.name, place }]
          : [];
      });
}

/** What the kubelet asks of a container. */
export interface ProbeRequest
  extends AskedRequest,
    Pick<ContainerProbe, 'name'> {
  container: string;
  place: number;
}

interface AskedRequest {
  port: number;
  words: string;
  request: Pick<CallFacts, 'method' | 'path' | 'headers'>;
  /** Whether it is let in where no route is on the Server. */
  isExempt: boolean;
}

/** What a probe asks for; connections alone are taken by the proxy, whoever opens them. */
function askedBy(
  container: Container,
  { httpGet, grpc }: Probe,
): AskedRequest | undefined {
  if (grpc) {
    return {
      port: grpc.port,
      words: 'gRPC',
      request: GRPC,
      isExempt: false,
    };
  }
  const port = probedPort(container, httpGet?.port);
  const path = httpGet?.path || '/';
  return port === undefined
    ? undefined
    : {
        port,
        words: `GET ${path}`,
        isExempt: path.startsWith('/'),
        request: {
          method: 'GET',
          path: path.startsWith('/') ? path : `/${path}`,
          headers: {},
        },
      };
}
