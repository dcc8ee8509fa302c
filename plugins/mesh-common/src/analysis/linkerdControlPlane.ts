import { ControlPlaneFact } from '../contract/controlPlane';
import { ConfigMap } from '../kubernetes/core';
import {
  ControlPlaneConfig,
  controlPlaneConfig,
} from '../linkerd/controlPlaneConfig';
import { About } from '../mesh/control-plane/facts';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { CheckFinding } from './check';
import { factFindings } from './factFindings';

/**
 * What is bad of that which is said of Linkerd's control plane, where a ConfigMap has its settings. Of files nothing is
 * said: they seldom have all of it.
 */
export function* controlPlaneFindings(
  configMap: ConfigMap,
  snapshot: MeshSnapshot,
  factsOf: (about: About, config: ControlPlaneConfig) => ControlPlaneFact[],
): Iterable<CheckFinding> {
  if (snapshot.origin !== 'cluster') {
    return;
  }
  const read = controlPlaneConfig(snapshot);
  if (
    read.state === 'read' &&
    read.config.configMap?.metadata.name === configMap.metadata.name &&
    read.config.configMap.metadata.namespace === configMap.metadata.namespace
  ) {
    yield* factFindings(
      snapshot,
      factsOf({ snapshot, mesh: 'linkerd' }, read.config),
    );
  }
}
