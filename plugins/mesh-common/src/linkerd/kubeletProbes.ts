import { Reason } from '../contract/common';
import { EnrolmentMode } from '../contract/mtls';
import { Pod } from '../kubernetes/core';
import { because } from '../mesh/answers';
import { isInMesh } from '../mesh/enrolment';
import { KubeletProbe } from '../mesh/MeshAdapter';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podDecider } from './podSettings';
import { proxyOf } from './proxy';
import { skippedInbound } from './skippedPorts';

/**
 * Why a probe of the kubelet passes whatever the policies say; undefined where it does not. One that only wants a connection
 * gets it from the proxy, to which the connections to all ports are led, before that asks who is there: also where the
 * application is dead.
 *
 * Upstream: linkerd2-proxy-init, iptables/iptables.go (PREROUTING); linkerd2-proxy, linkerd/app/inbound/src/accept.rs.
 */
export function probePasses(
  snapshot: MeshSnapshot,
  pod: Pod,
  mode: EnrolmentMode,
  { port, path }: KubeletProbe,
): Reason | undefined {
  if (
    !isInMesh(mode) ||
    path !== undefined ||
    skippedInbound(snapshot, pod, port)
  ) {
    return undefined;
  }
  return because(
    'linkerd/kubelet-probes',
    'The proxy takes every connection before it asks who calls: the probe passes as long as the proxy runs, and tells nothing of the application',
    podDecider(snapshot, pod, proxyOf(pod)?.field ?? 'spec.containers'),
  );
}
