import { injectorConfig } from '../../istio/injectorConfig';
import { meshConfig } from '../../istio/meshConfig';
import { Namespace, Pod } from '../../kubernetes/core';
import { listed } from '../../mesh/listed';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { INJECTION_LABEL, REVISION_LABEL } from './namespaceInjection';
import { proxyImageType } from './proxyImageType';

/** Pods of a namespace run another proxy than the injector would give them now. */
export const proxyImageMismatch = defineCheck({
  code: 'IST0158',
  level: 'warning',
  title: 'Pods run another proxy than they would get now',
  explanation:
    'The injector’s settings name another image than the proxies of these pods have: they were made before an upgrade. Restart their workloads, so that they run the version of the control plane.',
  upstream: 'injection.ImageAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'Namespace',
  needs: ['Pod', 'ConfigMap'],
  *run(namespace, snapshot) {
    const image = injectedImage(snapshot, namespace);
    if (image === undefined) {
      return;
    }
    const names = podsWithLabels(snapshot, namespace.metadata.name, {})
      .filter(pod => isOther(snapshot, pod, image))
      .map(({ metadata }) => metadata.name)
      .sort();
    if (names.length > 0) {
      yield {
        message: `Pods ${listed(names)} of ${refOf(
          namespace,
        )} do not run the proxy image ${image}, which the injector gives to new pods: restart their workloads`,
      };
    }
  },
});

/** The image that pods of the namespace get; undefined where they get none, or the settings do not tell. */
function injectedImage(
  snapshot: MeshSnapshot,
  { metadata: { labels } }: Namespace,
): string | undefined {
  const revision = labels[REVISION_LABEL];
  if (revision === undefined && labels[INJECTION_LABEL] !== 'enabled') {
    return undefined;
  }
  const read = injectorConfig(snapshot, revision || 'default');
  return read.state === 'read' ? read.config.proxyImage : undefined;
}

function isOther(snapshot: MeshSnapshot, pod: Pod, image: string): boolean {
  const mesh = meshConfig(snapshot);
  if (
    pod.metadata.annotations['sidecar.istio.io/proxyImage'] ||
    mesh.state === 'unknown'
  ) {
    return false;
  }
  const type = proxyImageType(snapshot, pod, mesh.config);
  return [...pod.spec.containers, ...pod.spec.initContainers].some(
    container =>
      container.name === 'istio-proxy' &&
      container.image !== image &&
      container.image !== `${image}-${type}`,
  );
}
