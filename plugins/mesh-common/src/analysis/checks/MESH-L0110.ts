import { Pod } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { portAuthorization } from '../../linkerd/authorization/portAuthorization';
import { assumedConfig } from '../../linkerd/controlPlaneConfig';
import { parentsOf, routesIn } from '../../linkerd/linkerdRoutes';
import { isMeshed } from '../../linkerd/meshed';
import { isServer } from '../../linkerd/routeParents';
import { defineQuestion } from '../../snapshot/defineQuestion';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding } from '../check';
import { podOfWorkload } from '../podOfWorkload';
import { ProbeRequest, probeRequests } from '../probeRequests';
import { workloadCheck } from '../workloadCheck';

const FORBIDDEN = 403;

/** The kubelet: outside of the mesh, and so without an identity. */
const KUBELET = {
  peer: { type: 'none' },
  mode: 'none',
  inCluster: true,
  protocol: 'http',
} as const;

/** Whether there is a Server in a namespace that has routes, and so none for probes by itself. */
const serversHaveRoutes = defineQuestion(
  (snapshot, namespace) =>
    routesIn(snapshot, namespace).some(route =>
      parentsOf(route).some(({ referent }) => isServer(referent)),
    ),
  Object.is,
);

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
    const asked = controller.spec.template.spec.containers.flatMap(
      (container, place) => probeRequests(container, place),
    );
    // Most are let in whatever the policies say, which is known before any pod is looked at.
    const open = asked.filter(
      ({ isExempt }) =>
        !isExempt ||
        assumedConfig(snapshot).config.probeNetworks.length === 0 ||
        serversHaveRoutes(snapshot, namespaceOf(controller)),
    );
    const pod =
      open.length > 0 ? podOfWorkload(controller, snapshot) : undefined;
    if (!pod || !isMeshed(snapshot, pod)) {
      return;
    }
    for (const probe of open) {
      if (isRefused(snapshot, pod, probe)) {
        const { name, container, words, port, place } = probe;
        const finding: CheckFinding = {
          message: `${name} of container ${container} (${words}) is refused on port ${port}, which lets in nobody without an identity`,
          field: `spec.template.spec.containers[${place}].${name}`,
        };
        yield finding;
      }
    }
  },
});

function isRefused(
  snapshot: MeshSnapshot,
  pod: Pod,
  { port, request }: ProbeRequest,
): boolean {
  const { evaluate } = portAuthorization(snapshot, pod, port, 'sidecar');
  const hop = evaluate?.({ ...KUBELET, ...request }).hops.at(-1);
  return hop?.decision.value === 'denied' && hop.status === FORBIDDEN;
}
