import {
  ControlPlaneComponent,
  ControlPlaneFact,
} from '../../contract/controlPlane';
import { WorkloadController } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import {
  About,
  component,
  daemonReadiness,
  fact,
  judged,
  notKnown,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { defineIndex } from '../../snapshot/defineIndex';
import { ControlPlaneConfig } from '../controlPlaneConfig';
import { tagOf } from './parts';

const PLUGIN = 'linkerd-cni';

const pluginIndex = defineIndex(['apps/DaemonSet'], ({ objects }) =>
  objects('apps/DaemonSet').filter(
    ({ metadata }) =>
      metadata.name === PLUGIN || metadata.labels['k8s-app'] === PLUGIN,
  ),
);

/**
 * The DaemonSets of the CNI plugin, in whichever namespace.
 *
 * Upstream: charts/linkerd2-cni/templates/cni-plugin.yaml.
 */
export function cniPlugins({ snapshot }: About): WorkloadController[] {
  return snapshot
    .namespacesOf('apps/DaemonSet')
    .sort()
    .flatMap(namespace => pluginIndex(snapshot, namespace));
}

/** The CNI plugin as a part of the mesh, where there is one. */
export function cniComponents(about: About): ControlPlaneComponent[] {
  return cniPlugins(about).map(object =>
    component(
      about,
      { kind: 'apps/DaemonSet', object },
      daemonReadiness(about.snapshot, object),
      tagOf(object.spec.template.spec.containers[0]?.image),
    ),
  );
}

/**
 * How pods' traffic comes to their proxies: by an init container in each pod, or by the CNI plugin on each node. Where
 * the control plane counts on the plugin, pods on a node without it do not start.
 *
 * Upstream: pkg/healthcheck, category linkerd-cni-plugin (cni-plugin-ds-exists, cni-plugin-ready).
 */
export function cniFact(
  about: About,
  { configMap, cniEnabled }: ControlPlaneConfig,
): ControlPlaneFact {
  const id = 'cni';
  const title = 'CNI plugin';
  const decider = configMap && {
    kind: 'ConfigMap' as const,
    object: configMap,
    field: 'data.values cniEnabled',
  };
  const unread = unreadKind(about, id, 'apps/DaemonSet');
  if (unread) {
    return fact(id, title, unread);
  }
  const plugins = cniPlugins(about);
  const [plugin] = plugins;
  if (!plugin) {
    return fact(
      id,
      title,
      cniEnabled
        ? judged(
            about,
            id,
            'bad',
            `New pods count on the CNI plugin (cniEnabled), and there is no DaemonSet ${PLUGIN}: their traffic does not reach the proxy, so that they do not start. Install the chart linkerd2-cni`,
            decider,
          )
        : judged(
            about,
            id,
            'info',
            'Pods are prepared by an init container, without the CNI plugin',
            decider,
          ),
    );
  }
  const named = `DaemonSet ${namespaceOf(plugin)}/${plugin.metadata.name}`;
  const running = { kind: 'apps/DaemonSet' as const, object: plugin };
  if (!cniEnabled) {
    return fact(
      id,
      title,
      judged(
        about,
        id,
        'notice',
        `${named} is there, and new pods are prepared by an init container all the same: cniEnabled of the control plane is not set`,
        decider,
      ),
    );
  }
  const podsUnread = unreadKind(about, id, 'Pod');
  if (podsUnread) {
    return fact(id, title, podsUnread);
  }
  const { ready, replicas } = daemonReadiness(about.snapshot, plugin);
  if (replicas === 0) {
    return fact(
      id,
      title,
      notKnown(about, id, 'absent', `${named} has no pods`, running),
    );
  }
  return fact(
    id,
    title,
    ready < replicas
      ? judged(
          about,
          id,
          'bad',
          `${
            replicas - ready
          } of ${replicas} pods of ${named} are not ready: on their nodes new pods do not start`,
          running,
        )
      : judged(
          about,
          id,
          'good',
          `Pods are prepared by ${named}; ${ready} of ${replicas} of its pods are ready`,
          running,
        ),
  );
}
