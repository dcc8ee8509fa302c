import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { InboundSubject } from './inboundSubject';
import { ExternalWorkload } from './objects';
import { externalServerPorts, serversOfExternal } from './servers';

const KIND = 'workload.linkerd.io/ExternalWorkload';

/**
 * A workload outside Kubernetes, to the policies of its ports. Servers select it by their `externalWorkloadSelector`
 * alone; its own annotations count, those of its namespace do not, since nothing injects them; and no kubelet probes it.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/index.rs, `ExternalWorkload`; inbound/workload.rs.
 */
export function externalSubject(
  snapshot: MeshSnapshot,
  workload: ExternalWorkload,
): InboundSubject {
  return {
    namespace: namespaceOf(workload),
    servers: () => serversOfExternal(snapshot, workload),
    portsOf: server => externalServerPorts(server, workload),
    setting: annotation => {
      const value = workload.metadata.annotations[annotation];
      return value === undefined
        ? undefined
        : {
            value,
            decider: {
              snapshot,
              kind: KIND,
              object: workload,
              field: `metadata.annotations.${annotation}`,
            },
          };
    },
    pending: () => [],
    defaultsOpaque: false,
    probes: () => undefined,
  };
}
