import { ClusterMesh } from '../contract/fleet';
import { WorkloadController } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { compare } from './age';
import { trustDomainOf } from './identity';
import { proxyVersion, versionOfImage } from './pods';
import { injectionWebhooks, REVISION_LABEL } from './revisions';

const istiodIndex = defineIndex(['apps/Deployment'], ({ objects }) =>
  objects('apps/Deployment').filter(
    ({ metadata: { labels } }) => labels.app === 'istiod',
  ),
);

const proxyIndex = defineIndex(['Pod'], ({ objects }) => {
  const pods = new Map<string, number>();
  for (const pod of objects('Pod')) {
    const version = proxyVersion(pod);
    if (version) {
      pods.set(version, (pods.get(version) ?? 0) + 1);
    }
  }
  return pods;
});

/**
 * Istio on a cluster as far as its objects tell: a control plane for each Deployment labelled `app=istiod`
 * (revision by the label `istio.io/rev`, version by the tag of its image), and the pods by the version of
 * their proxy. Undefined where there is neither, nor an injector's webhook.
 *
 * Upstream: istioctl/pkg/version, pkg/kube `GetIstioPods`.
 */
export function clusterMesh(snapshot: MeshSnapshot): ClusterMesh | undefined {
  const controlPlanes = istiods(snapshot).map(controlPlaneOf);
  const proxies = proxyVersions(snapshot);
  if (
    controlPlanes.length === 0 &&
    proxies.length === 0 &&
    injectionWebhooks(snapshot).length === 0
  ) {
    return undefined;
  }
  const trustDomain = trustDomainOf(snapshot);
  return {
    mesh: 'istio',
    title: 'Istio',
    controlPlanes,
    ...(trustDomain && { trustDomain }),
    proxies,
  };
}

/** Major and minor version of the control plane: the oldest where there are several. */
export function istiodVersion(
  snapshot: MeshSnapshot,
): readonly [number, number] | undefined {
  const versions = istiods(snapshot).flatMap(deployment => {
    const [, major, minor] =
      /^(\d+)\.(\d+)/.exec(versionOf(deployment) ?? '') ?? [];
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

function controlPlaneOf(
  deployment: WorkloadController,
): ClusterMesh['controlPlanes'][number] {
  const { labels } = deployment.metadata;
  const version = versionOf(deployment);
  return {
    ...(labels[REVISION_LABEL] && { revision: labels[REVISION_LABEL] }),
    ...(version && { version }),
    namespace: namespaceOf(deployment),
    ready: deployment.status?.readyReplicas ?? 0,
    replicas: deployment.spec.replicas ?? 1,
  };
}

function versionOf({ spec }: WorkloadController): string | undefined {
  const { containers } = spec.template.spec;
  const discovery =
    containers.find(({ name }) => name === 'discovery') ?? containers[0];
  return versionOfImage(discovery?.image);
}

function proxyVersions(snapshot: MeshSnapshot): ClusterMesh['proxies'] {
  const total = new Map<string, number>();
  for (const namespace of snapshot.namespacesOf('Pod')) {
    for (const [version, pods] of proxyIndex(snapshot, namespace)) {
      total.set(version, (total.get(version) ?? 0) + pods);
    }
  }
  return [...total]
    .map(([version, pods]) => ({ version, pods }))
    .sort((a, b) => compare(a.version, b.version));
}
