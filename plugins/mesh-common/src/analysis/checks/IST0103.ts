import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { INJECTION_LABEL, MODE_LABEL } from './namespaceInjection';

const INJECT = 'sidecar.istio.io/inject';

/** A pod in a namespace with injection has no proxy. */
export const podMissingProxy = defineCheck({
  code: 'IST0103',
  level: 'warning',
  title: 'Pod without its proxy',
  explanation:
    'The namespace asks for sidecars, but the pod has none: it was made before that, or injection failed. It takes part in nothing that the mesh does, and refuses and sends no mutual TLS. Restart its workload.',
  upstream: 'injection.Analyzer (istioctl)',
  mesh: 'istio',
  subject: 'Pod',
  needs: ['Namespace'],
  *run(pod, snapshot) {
    const { name, labels, annotations } = pod.metadata;
    const namespace = namespaceOf(pod);
    const asks =
      snapshot.get('Namespace', undefined, namespace)?.metadata.labels ?? {};
    // A pod without a proxy is in ambient mode there.
    const enabled =
      asks[INJECTION_LABEL] === 'enabled' && asks[MODE_LABEL] !== 'ambient';
    const asked = labels[INJECT] ?? annotations[INJECT] ?? '';
    const ended = ['Succeeded', 'Failed'].includes(pod.status?.phase ?? '');
    if (
      enabled &&
      namespace !== 'istio-system' &&
      !ended &&
      asked.toLowerCase() !== 'false' &&
      !pod.spec.hostNetwork &&
      ![...pod.spec.containers, ...pod.spec.initContainers].some(
        container => container.name === 'istio-proxy',
      )
    ) {
      yield {
        message: `Pod ${namespace}/${name} has no container istio-proxy, though Namespace ${namespace} has istio-injection=enabled: restart its workload`,
        field: 'spec.containers',
      };
    }
  },
});
