import { DEFAULT_ROOT_NAMESPACE } from '../istio/meshSettings';
import { WorkloadController } from '../kubernetes/core';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/** Whether a Deployment is one of istiod. */
export function isIstiod({ metadata }: WorkloadController): boolean {
  return metadata.labels.app === 'istiod';
}

/** Whether the version that a Deployment of istiod has by its image is known, and is before 1.MINOR. */
export function isOlderThan(
  { spec }: WorkloadController,
  minor: number,
): boolean {
  const versions = spec.template.spec.containers.flatMap(({ image = '' }) => {
    const found = /:v?1\.(\d+)\b/.exec(image);
    return found ? [Number(found[1])] : [];
  });
  return versions.length > 0 && versions.every(version => version < minor);
}

/** Whether every istiod of the cluster is known to be older than 1.MINOR. */
export function isMeshOlderThan(
  snapshot: MeshSnapshot,
  minor: number,
): boolean {
  const istiods = [
    ...snapshot.list('apps/Deployment', DEFAULT_ROOT_NAMESPACE),
  ].filter(isIstiod);
  return (
    istiods.length > 0 && istiods.every(istiod => isOlderThan(istiod, minor))
  );
}
