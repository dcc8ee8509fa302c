import { Container, Pod, Probe } from '../../kubernetes/core';
import { portAuthorization } from '../../linkerd/authorization/portAuthorization';
import { isMeshed } from '../../linkerd/meshed';
import { isLinkerdContainer } from '../../linkerd/proxy';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding } from '../check';
import { podOfWorkload } from '../podOfWorkload';
import { workloadCheck } from '../workloadCheck';

const FORBIDDEN = 403;

/** The kubelet: outside of the mesh, and so without an identity. */
const KUBELET = {
  peer: { type: 'none' },
  mode: 'none',
  inCluster: true,
  protocol: 'http',
} as const;

/** How the kubelet asks by gRPC. */
const GRPC = {
  method: 'POST',
  path: '/grpc.health.v1.Health/Check',
  headers: { 'content-type': 'application/grpc' },
} as const;

/** Probes for which the policy of their port lets nobody in without an identity; those that get 404 are MESH-L0106. */
export const probeRefused = workloadCheck({
  code: 'MESH-L0110',
  level: 'error',
  title: 'A probe is refused by the policy of its port',
  explanation:
    'The kubelet has no identity. Where a port does not let in clients without one, probes by HTTP are let in all the same, unless the Server has routes; probes by gRPC never are, nor are paths that do not begin with a slash. The pod is then never ready, or restarted again and again. Let the probe in by a policy, or ask on a port that no policy closes.',
  upstream:
    'policy-controller/k8s/index/src/inbound/pod.rs, pod_http_probes (linkerd2)',
  mesh: 'linkerd',
  needs: [
    'Pod',
    'Namespace',
    'policy.linkerd.io/Server',
    'policy.linkerd.io/AuthorizationPolicy',
  ],
  *run(controller, snapshot) {
    const pod = podOfWorkload(controller, snapshot);
    if (!pod || !isMeshed(snapshot, pod)) {
      return;
    }
    for (const [place, container] of pod.spec.containers.entries()) {
      if (!isLinkerdContainer(container)) {
        yield* refusedOf(snapshot, pod, container, place);
      }
    }
  },
});

function* refusedOf(
  snapshot: MeshSnapshot,
  pod: Pod,
  container: Container,
  place: number,
): Iterable<CheckFinding> {
  for (const name of [
    'livenessProbe',
    'readinessProbe',
    'startupProbe',
  ] as const) {
    const asked = askedBy(container, container[name]);
    if (asked && isRefused(snapshot, pod, asked)) {
      yield {
        message: `${name} of container ${container.name} (${asked.words}) is refused on port ${asked.port}, which lets in nobody without an identity`,
        field: `spec.template.spec.containers[${place}].${name}`,
      };
    }
  }
}

interface Asked {
  port: number;
  words: string;
  request: Pick<CallFacts, 'method' | 'path' | 'headers'>;
}

/** What a probe asks for; connections alone are taken by the proxy, whoever opens them. */
function askedBy(
  { ports }: Container,
  { httpGet, grpc }: Probe = {},
): Asked | undefined {
  if (grpc) {
    return { port: grpc.port, words: 'gRPC', request: GRPC };
  }
  const port =
    typeof httpGet?.port === 'string'
      ? ports.find(({ name }) => name === httpGet.port)?.containerPort
      : httpGet?.port;
  const path = httpGet?.path || '/';
  return port === undefined
    ? undefined
    : {
        port,
        words: `GET ${path}`,
        request: {
          method: 'GET',
          path: path.startsWith('/') ? path : `/${path}`,
          headers: {},
        },
      };
}

function isRefused(
  snapshot: MeshSnapshot,
  pod: Pod,
  { port, request }: Asked,
): boolean {
  const { evaluate } = portAuthorization(snapshot, pod, port, 'sidecar');
  const hop = evaluate?.({ ...KUBELET, ...request }).hops.at(-1);
  return hop?.decision.value === 'denied' && hop.status === FORBIDDEN;
}
