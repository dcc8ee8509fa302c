import { ControlPlaneFact } from '../../contract/controlPlane';
import { KindId } from '../../kubernetes/kinds';
import { namespaceOf } from '../../kubernetes/objects';
import { About, fact, unreadKind } from '../../mesh/control-plane/facts';
import { MulticlusterLink } from '../objects';
import { completeness, missingRights, rightsUnread } from './rights';

const LINK = 'multicluster.linkerd.io/Link';
const LOCAL = 'linkerd-multicluster-controller-access-local-resources';

/** The kinds that the rights of a controller are told by. */
export const MIRROR_RIGHTS_KINDS: readonly KindId[] = [
  'ServiceAccount',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'rbac.authorization.k8s.io/Role',
  'rbac.authorization.k8s.io/RoleBinding',
];

/** What a controller has, by whom it was installed. */
interface Installation {
  account: string;
  clusterRole: string;
  clusterRoleBinding: string;
  /** Of the Role that lets it read its credentials, and of the binding to that. */
  role: string;
}

/** By the chart of the extension (its `controllers`), and by the command `link` before that. */
function installations(cluster: string): Installation[] {
  const earlier = `linkerd-service-mirror-access-local-resources-${cluster}`;
  return [
    {
      account: `controller-${cluster}`,
      clusterRole: LOCAL,
      clusterRoleBinding: `${LOCAL}-${cluster}`,
      role: `controller-read-remote-creds-${cluster}`,
    },
    {
      account: `linkerd-service-mirror-${cluster}`,
      clusterRole: earlier,
      clusterRoleBinding: earlier,
      role: `linkerd-service-mirror-read-remote-creds-${cluster}`,
    },
  ];
}

/**
 * Whether the controller of a Link has the account and the rights that it mirrors Services with.
 *
 * Upstream: multicluster/cmd/check.go, "service mirror controller has required permissions"
 * (l5d-multicluster-source-rbac-correct), `checkServiceMirrorLocalRBAC`.
 */
export function mirrorRightsFact(
  about: About,
  link: MulticlusterLink,
  cluster: string,
): ControlPlaneFact {
  const namespace = namespaceOf(link);
  const id = `link-${namespace}/${link.metadata.name}-rights`;
  const title = `Rights of the controller for ${cluster}`;
  const rule = 'link-rights';
  const unread =
    unreadKind(about, rule, 'ServiceAccount') ??
    unreadKind(about, rule, 'rbac.authorization.k8s.io/Role') ??
    unreadKind(about, rule, 'rbac.authorization.k8s.io/RoleBinding') ??
    rightsUnread(about, rule);
  if (unread) {
    return fact(id, title, unread);
  }
  const [missing] = installations(cluster)
    .map(one => missingOf(about, namespace, one))
    .sort((a, b) => a.length - b.length);
  return fact(
    id,
    title,
    completeness(
      about,
      rule,
      missing,
      {
        whole: 'Its account, its roles and the bindings to them are there',
        lacking:
          'the controller cannot read its credentials or write mirrors. Install it anew',
      },
      { kind: LINK, object: link },
    ),
  );
}

function missingOf(
  about: About,
  namespace: string,
  { account, clusterRole, clusterRoleBinding, role }: Installation,
): string[] {
  const missing = (kind: KindId, name: string) =>
    about.snapshot.get(kind, namespace, name)
      ? []
      : [`${kind.slice(kind.indexOf('/') + 1)} ${namespace}/${name}`];
  return [
    ...missing('ServiceAccount', account),
    ...missing('rbac.authorization.k8s.io/Role', role),
    ...missing('rbac.authorization.k8s.io/RoleBinding', role),
    ...missingRights(about, {
      roles: [clusterRole],
      bindings: [clusterRoleBinding],
    }),
  ];
}
