import { Reason } from '../contract/common';
import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Server } from './objects';
import { PodSetting, podSetting } from './podSettings';
import { ProbeExemption, probeExemption } from './probes';
import { proxyOf } from './proxy';
import { pendingReason } from './rollout';
import { serverPorts, serversOfPod } from './servers';

/** What the policies of a port ask about the workload that has it: a pod, or one outside Kubernetes. */
export interface InboundSubject {
  namespace: string;
  /** The Servers that select it, the oldest first, whatever their ports. */
  servers(): readonly Server[];
  /** The ports of it that a Server's `port` means. */
  portsOf(server: Server): readonly number[];
  /** An annotation that configures its proxy. */
  setting(annotation: string): PodSetting | undefined;
  /** Why what the namespace says now does not count yet, where that is so. */
  pending(annotation: string): Reason[];
  /** Whether the control plane's default of opaque ports counts for it; what was injected has its own. */
  defaultsOpaque: boolean;
  /** The kubelet's probes of a port. */
  probes(port: number, networks: readonly string[]): ProbeExemption | undefined;
}

export function podSubject(snapshot: MeshSnapshot, pod: Pod): InboundSubject {
  return {
    namespace: namespaceOf(pod),
    servers: () => serversOfPod(snapshot, pod),
    portsOf: server => serverPorts(server, pod),
    setting: annotation => podSetting(snapshot, pod, annotation),
    pending: annotation => pendingReason(snapshot, pod, annotation),
    defaultsOpaque: !proxyOf(pod),
    probes: (port, networks) => probeExemption(pod, port, networks),
  };
}
