import { ControlPlaneFact } from '../../contract/controlPlane';
import { KindId } from '../../kubernetes/kinds';
import {
  About,
  Decider,
  fact,
  judged,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { ControlPlaneConfig } from '../controlPlaneConfig';

const CLUSTER_ROLE = 'rbac.authorization.k8s.io/ClusterRole';
const CLUSTER_ROLE_BINDING = 'rbac.authorization.k8s.io/ClusterRoleBinding';

/** What somebody may do in the whole cluster hangs on these, by name. */
export interface ClusterRights {
  roles: readonly string[];
  bindings: readonly string[];
}

/** The kinds that rights in the whole cluster are told by. */
export const RIGHTS_KINDS = [CLUSTER_ROLE, CLUSTER_ROLE_BINDING] as const;

/** Why it is not known who may do what in the whole cluster; undefined where it is. */
export function rightsUnread(about: About, rule: string) {
  return (
    unreadKind(about, rule, CLUSTER_ROLE) ??
    unreadKind(about, rule, CLUSTER_ROLE_BINDING)
  );
}

/** Those that are not there, with their kinds. */
export function missingRights(
  { snapshot }: About,
  { roles, bindings }: ClusterRights,
): string[] {
  const missing = (kind: KindId, names: readonly string[]) =>
    names
      .filter(name => !snapshot.get(kind, undefined, name))
      .map(name => `${kind.slice(kind.indexOf('/') + 1)} ${name}`);
  return [
    ...missing(CLUSTER_ROLE, roles),
    ...missing(CLUSTER_ROLE_BINDING, bindings),
  ];
}

/** What is said where all is there that somebody needs; else what comes of what is missing, and how bad that is. */
interface Completeness {
  whole: string;
  lacking: string;
  state?: 'bad' | 'notice';
}

/** Whether all is there that somebody needs. */
export function completeness(
  about: About,
  rule: string,
  missing: readonly string[],
  { whole, lacking, state = 'bad' }: Completeness,
  decider?: Decider,
): ControlPlaneFact['answer'] {
  return missing.length === 0
    ? judged(about, rule, 'good', whole, decider)
    : judged(
        about,
        rule,
        state,
        `There is no ${missing.join(', no ')}: ${lacking}`,
        decider,
      );
}

/**
 * Whether the parts of the control plane that need rights in the whole cluster have them.
 *
 * Upstream: pkg/healthcheck, "control plane ClusterRoles exist", "control plane ClusterRoleBindings exist"
 * (l5d-existence-cr, l5d-existence-crb), `expectedRBACNames`.
 */
export function rightsFact(
  about: About,
  { configMap, namespace }: ControlPlaneConfig,
): ControlPlaneFact {
  const id = 'rights';
  const title = 'Rights';
  const unread = rightsUnread(about, id);
  if (unread) {
    return fact(id, title, unread);
  }
  const names = [
    `linkerd-${namespace}-identity`,
    `linkerd-${namespace}-proxy-injector`,
  ];
  const missing = missingRights(about, { roles: names, bindings: names });
  const decider = configMap && {
    kind: 'ConfigMap' as const,
    object: configMap,
  };
  return fact(
    id,
    title,
    completeness(
      about,
      id,
      missing,
      {
        whole: 'Its parts have their ClusterRoles and the bindings to them',
        lacking:
          'without them linkerd-identity cannot check who asks for a certificate, and linkerd-proxy-injector cannot read what pods ask for. Install the control plane anew',
      },
      decider,
    ),
  );
}
