import { ControlPlaneFact } from '../../contract/controlPlane';
import {
  About,
  fact,
  judged,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { ControlPlaneConfig } from '../controlPlaneConfig';
import { PARTS } from './parts';

const EXTENSION_LABEL = 'linkerd.io/extension';

/**
 * Whether the parts of the control plane have the accounts that they run under, and the heartbeat its own unless it is
 * switched off.
 *
 * Upstream: pkg/healthcheck, "control plane ServiceAccounts exist", "heartbeat ServiceAccount exist" (l5d-existence-sa).
 */
export function accountsFact(
  about: About,
  { namespace, heartbeat }: ControlPlaneConfig,
): ControlPlaneFact {
  const id = 'accounts';
  const title = 'Accounts';
  const unread = unreadKind(about, id, 'ServiceAccount');
  if (unread) {
    return fact(id, title, unread);
  }
  const wanted = [...PARTS, ...(heartbeat ? ['linkerd-heartbeat'] : [])];
  const missing = wanted.filter(
    name => !about.snapshot.get('ServiceAccount', namespace, name),
  );
  return fact(
    id,
    title,
    missing.length === 0
      ? judged(about, id, 'good', 'Each part has its ServiceAccount')
      : judged(
          about,
          id,
          'bad',
          `There is no ServiceAccount ${missing
            .map(name => `${namespace}/${name}`)
            .join(
              ', ',
            )}: no new pod of that part is made. Install the control plane anew`,
        ),
  );
}

/**
 * Whether the namespace of the control plane is as the installation makes it: the webhooks leave it alone, since they
 * run in it, and it is no extension.
 *
 * Upstream: pkg/healthcheck, "control plane Namespace exists" (l5d-existence-ns); cli/cmd/install.go and
 * charts/linkerd-control-plane/README.md for the label.
 */
export function namespaceFact(
  about: About,
  { namespace }: ControlPlaneConfig,
): ControlPlaneFact {
  const id = 'namespace';
  const title = 'Namespace';
  const unread = unreadKind(about, id, 'Namespace');
  if (unread) {
    return fact(id, title, unread);
  }
  const object = about.snapshot.get('Namespace', undefined, namespace);
  if (!object) {
    return fact(
      id,
      title,
      judged(about, id, 'bad', `There is no namespace ${namespace}`),
    );
  }
  const decider = { kind: 'Namespace' as const, object };
  const { labels, annotations } = object.metadata;
  const inject = annotations['linkerd.io/inject'];
  if (labels[EXTENSION_LABEL]) {
    return fact(
      id,
      title,
      judged(
        about,
        id,
        'notice',
        `Namespace ${namespace} has the label ${EXTENSION_LABEL}, which is for extensions: an extension is installed into a namespace of its own`,
        { ...decider, field: `metadata.labels.${EXTENSION_LABEL}` },
      ),
    );
  }
  return fact(
    id,
    title,
    inject && inject !== 'disabled'
      ? judged(
          about,
          id,
          'notice',
          `Namespace ${namespace} asks for proxies (linkerd.io/inject: ${inject}), though the parts of the control plane bring their own`,
          { ...decider, field: 'metadata.annotations.linkerd.io/inject' },
        )
      : judged(about, id, 'good', `Namespace ${namespace} is there`, decider),
  );
}
