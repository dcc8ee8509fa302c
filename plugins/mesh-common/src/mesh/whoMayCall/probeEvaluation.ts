import { CallEvaluation } from '../../contract/callEvaluation';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { meshPodsOf } from '../enrolment';
import { KubeletProbe, MeshAdapter } from '../MeshAdapter';
import { Workload } from '../workloads';
import { evaluateCaller } from './callerEvaluation';
import { allowed } from './decision';

/**
 * Whether a probe of the kubelet comes to the application. The kubelet has no proxy, and no identity: what does not go past
 * the mesh is a call from outside of it.
 *
 * @public
 */
export function evaluateProbe(
  snapshot: MeshSnapshot,
  workload: Workload,
  probe: KubeletProbe,
  meshes: readonly MeshAdapter[],
): CallEvaluation {
  const [server] = meshPodsOf(snapshot, workload, meshes);
  const past = server?.mesh?.probePasses?.(
    snapshot,
    server.pod,
    server.enrolment.mode.value,
    probe,
  );
  return past
    ? { decision: allowed([past]), hops: [] }
    : evaluateCaller(
        snapshot,
        workload,
        probe.port,
        undefined,
        {
          headers: {},
          tokens: [],
          ...(probe.path === undefined
            ? { protocol: 'tcp' }
            : { protocol: 'http', method: 'GET', path: probe.path }),
        },
        meshes,
      );
}
