import { ControlPlaneFact } from '../../contract/controlPlane';
import { namespaceOf } from '../../kubernetes/objects';
import { About, fact, unreadKind } from '../../mesh/control-plane/facts';
import { ControlPlaneConfig } from '../controlPlaneConfig';
import { cniPlugins } from './cni';
import { completeness, missingRights, rightsUnread } from './rights';

const PLUGIN = 'linkerd-cni';
const SETTINGS = 'linkerd-cni-config';

/**
 * Whether the CNI plugin has what it needs to be installed on a node: its settings, an account and the rights of that.
 * Nothing is said where pods do without it, or where there is no plugin at all, which is told already.
 *
 * Upstream: pkg/healthcheck, category linkerd-cni-plugin (cni-plugin-cm-exists, cni-plugin-cr-exists,
 * cni-plugin-crb-exists, cni-plugin-sa-exists).
 */
export function cniPartsFacts(
  about: About,
  { cniEnabled }: ControlPlaneConfig,
): ControlPlaneFact[] {
  const [plugin] = cniEnabled ? cniPlugins(about) : [];
  if (!plugin) {
    return [];
  }
  const id = 'cni-parts';
  const title = 'Parts of the CNI plugin';
  const unread =
    unreadKind(about, id, 'ConfigMap') ??
    unreadKind(about, id, 'ServiceAccount') ??
    rightsUnread(about, id);
  if (unread) {
    return [fact(id, title, unread)];
  }
  const namespace = namespaceOf(plugin);
  const { snapshot } = about;
  const missing = [
    ...(snapshot.get('ConfigMap', namespace, SETTINGS)
      ? []
      : [`ConfigMap ${namespace}/${SETTINGS}`]),
    ...(snapshot.get('ServiceAccount', namespace, PLUGIN)
      ? []
      : [`ServiceAccount ${namespace}/${PLUGIN}`]),
    ...missingRights(about, { roles: [PLUGIN], bindings: [PLUGIN] }),
  ];
  return [
    fact(
      id,
      title,
      completeness(
        about,
        id,
        missing,
        {
          whole: 'Its settings, its account and the rights of that are there',
          lacking:
            'the plugin is not installed on a node that comes, or cannot read what pods ask for. Install the chart linkerd2-cni anew',
        },
        { kind: 'apps/DaemonSet', object: plugin },
      ),
    ),
  ];
}
