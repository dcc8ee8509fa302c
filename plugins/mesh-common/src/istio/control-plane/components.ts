import { ControlPlaneComponent } from '../../contract/controlPlane';
import { WorkloadController } from '../../kubernetes/core';
import {
  About,
  component,
  daemonReadiness,
} from '../../mesh/control-plane/facts';
import { defineIndex } from '../../snapshot/defineIndex';
import { versionOfImage } from '../pods';

const nodeIndex = defineIndex(['apps/DaemonSet'], ({ objects }) =>
  objects('apps/DaemonSet').filter(isIstios),
);

/**
 * What Istio runs on nodes: ztunnel, which carries ambient mode, and its CNI plugin.
 *
 * Upstream: manifests/charts/ztunnel, manifests/charts/istio-cni.
 */
export function nodeComponents(about: About): ControlPlaneComponent[] {
  const { snapshot } = about;
  return snapshot
    .namespacesOf('apps/DaemonSet')
    .sort()
    .flatMap(namespace => nodeIndex(snapshot, namespace))
    .map(daemonSet =>
      component(
        about,
        { kind: 'apps/DaemonSet', object: daemonSet },
        daemonReadiness(snapshot, daemonSet),
        versionOfImage(daemonSet.spec.template.spec.containers[0]?.image),
      ),
    );
}

function isIstios({ metadata: { labels } }: WorkloadController): boolean {
  const name = labels['app.kubernetes.io/name'];
  return (
    labels.app === 'ztunnel' ||
    labels['k8s-app'] === 'istio-cni-node' ||
    name === 'ztunnel' ||
    name === 'istio-cni'
  );
}
