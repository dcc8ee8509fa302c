import { ControlPlaneFact } from '../../contract/controlPlane';
import { bundledBlocks } from '../../kubernetes/certificateBundle';
import { namespaceOf } from '../../kubernetes/objects';
import { About, fact, judged, notKnown } from '../../mesh/control-plane/facts';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { controlPlaneConfig } from '../controlPlaneConfig';
import { targetCluster } from '../multicluster/targetClusters';
import { MulticlusterLink } from '../objects';
import { trustRoots } from './trustRoots';

const LINK = 'multicluster.linkerd.io/Link';

/**
 * Whether a linked cluster has the same trust anchors, without which its proxies refuse those of this one. The command
 * reads them with the credentials of the Link; here both clusters have to be configured.
 *
 * Upstream: multicluster/cmd/check.go, "clusters share trust anchors" (l5d-multicluster-clusters-share-anchors),
 * `checkRemoteClusterAnchors`.
 */
export function sharedAnchorsFact(
  about: About,
  link: MulticlusterLink,
  cluster: string,
): ControlPlaneFact {
  const id = `link-${namespaceOf(link)}/${link.metadata.name}-anchors`;
  const title = `Trust anchors of ${cluster}`;
  const rule = 'link-anchors';
  const decider = { kind: LINK, object: link } as const;
  const target = targetCluster(about.snapshot, cluster);
  if (!(target instanceof MeshSnapshot)) {
    return fact(
      id,
      title,
      notKnown(
        about,
        rule,
        target.cause,
        `Whether ${cluster} has the same trust anchors is not known. ${target.reason.text}`,
        decider,
      ),
    );
  }
  const own = anchorsOf(about.snapshot);
  const others = anchorsOf(target);
  if (!own || !others) {
    return fact(
      id,
      title,
      notKnown(
        about,
        rule,
        'absent',
        `The trust anchors of ${
          own ? cluster : 'this cluster'
        } could not be read, so that it is not known whether both clusters have the same`,
        decider,
      ),
    );
  }
  const unshared =
    own.size !== others.size || [...own].some(block => !others.has(block));
  return fact(
    id,
    title,
    unshared
      ? judged(
          about,
          rule,
          'bad',
          `${cluster} has other trust anchors than this cluster: connections between them are refused where a proxy's certificate is issued under one that the other side does not have. Put the same bundle into both`,
          decider,
        )
      : judged(
          about,
          rule,
          'good',
          `${cluster} has the same trust anchors as this cluster`,
          decider,
        ),
  );
}

/** The trust anchors of the control plane of a cluster; undefined where they are not read, or are none. */
function anchorsOf(snapshot: MeshSnapshot): ReadonlySet<string> | undefined {
  const read = controlPlaneConfig(snapshot);
  const found =
    read.state === 'read'
      ? trustRoots(snapshot, read.config.namespace)
      : undefined;
  const anchors = new Set(found && bundledBlocks(found.pem));
  return anchors.size > 0 ? anchors : undefined;
}
