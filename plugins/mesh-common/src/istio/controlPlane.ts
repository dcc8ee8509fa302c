import { Container, WorkloadController } from '../kubernetes/core';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { versionOfImage } from './pods';
import { REVISION_LABEL } from './revisions';

const istiodIndex = defineIndex(['apps/Deployment'], ({ objects }) =>
  objects('apps/Deployment').filter(
    ({ metadata: { labels } }) => labels.app === 'istiod',
  ),
);

/** Major and minor version of the control plane: the oldest where there are several. */
export function istiodVersion(
  snapshot: MeshSnapshot,
): readonly [number, number] | undefined {
  const versions = istiods(snapshot).flatMap(deployment => {
    const [, major, minor] =
      /^(\d+)\.(\d+)/.exec(versionOfIstiod(deployment) ?? '') ?? [];
    return major ? [[Number(major), Number(minor)] as const] : [];
  });
  return versions.sort(([a, b], [c, d]) => a - c || b - d)[0];
}

/**
 * A setting of istiod's environment, of the revision's istiod, or of the only one where no revision is given. Undefined:
 * it is not set, or nobody can tell (istiod runs elsewhere).
 */
export function istiodSetting(
  snapshot: MeshSnapshot,
  name: string,
  revision = 'default',
): string | undefined {
  const all = istiods(snapshot);
  const own = all.find(
    ({ metadata: { labels } }) =>
      (labels[REVISION_LABEL] ?? 'default') === revision,
  );
  return (own ?? all[0])?.spec.template.spec.containers
    .flatMap(({ env }) => env)
    .find(entry => entry.name === name)?.value;
}

/** The Deployments of the control planes. */
export function istiods(snapshot: MeshSnapshot): WorkloadController[] {
  return snapshot
    .namespacesOf('apps/Deployment')
    .sort()
    .flatMap(namespace => istiodIndex(snapshot, namespace));
}

/** The container that istiod is, beside which others may run. */
export function discoveryContainer({
  spec,
}: WorkloadController): { container: Container; index: number } | undefined {
  const { containers } = spec.template.spec;
  const named = containers.findIndex(({ name }) => name === 'discovery');
  const index = Math.max(named, 0);
  const container = containers.at(index);
  return container && { container, index };
}

/** The version of an istiod: the tag of its image. Undefined for an image by digest. */
export function versionOfIstiod(
  deployment: WorkloadController,
): string | undefined {
  return versionOfImage(discoveryContainer(deployment)?.container.image);
}
