import {
  MIRROR_RIGHTS_KINDS,
  mirrorRightsFact,
} from '../../linkerd/control-plane/mirrorRights';
import { sharedAnchorsFact } from '../../linkerd/control-plane/sharedAnchors';
import { defineCheck } from '../check';
import { factFindings } from '../factFindings';

export const linkWithoutTrust = defineCheck({
  code: 'MESH-L0804',
  aliases: [
    'l5d-multicluster-source-rbac-correct',
    'l5d-multicluster-clusters-share-anchors',
  ],
  level: 'error',
  title: 'A Link lacks rights, or its cluster has other trust anchors',
  explanation:
    'The controller of a Link reads its credentials and writes mirrors by roles that are made with it. And a proxy accepts one of another cluster where that has a certificate under a trust anchor that it knows: linked clusters have the same bundle. The other cluster’s is read where the portal, or the command, is configured with both.',
  upstream:
    'multicluster/cmd/check.go, "service mirror controller has required permissions", "clusters share trust anchors" (linkerd2)',
  mesh: 'linkerd',
  subject: 'multicluster.linkerd.io/Link',
  needs: [...MIRROR_RIGHTS_KINDS, 'ConfigMap'],
  *run(link, snapshot) {
    const cluster = link.spec?.targetClusterName;
    if (snapshot.origin === 'cluster' && cluster !== undefined) {
      const about = { snapshot, mesh: 'linkerd' };
      yield* factFindings(snapshot, [
        mirrorRightsFact(about, link, cluster),
        sharedAnchorsFact(about, link, cluster),
      ]);
    }
  },
});
