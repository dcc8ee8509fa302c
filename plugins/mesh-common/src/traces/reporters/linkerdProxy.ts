import { Pod } from '../../kubernetes/core';
import { attributeOf, firstOf, SpanReporter } from './reporter';

/** `linkerd.io/proxy-deployment` and its like: the label by which the injector names the pod's controller. */
const WORKLOAD_LABELS = [
  'deployment',
  'statefulset',
  'daemonset',
  'replicaset',
  'job',
  'cronjob',
].map(kind => `linkerd.io/proxy-${kind}`);

/** The name of proxies whose pods have none. */
const DEFAULT_SERVICE = 'linkerd-proxy';

/**
 * Linkerd's proxies. They carry the labels of their pod, and report under its label `app.kubernetes.io/instance` or
 * `app.kubernetes.io/name`, else under the one name that is configured for all. Upstream: linkerd2-proxy,
 * `linkerd/app/src/trace_collector`.
 */
export const linkerdProxy: SpanReporter = {
  role: 'proxy',

  recognises: span =>
    attributeOf(span, 'linkerd.io/workload-ns') !== undefined &&
    ['inbound', 'outbound'].includes(attributeOf(span, 'direction') ?? ''),

  searches({ ref, labels, pods }) {
    // The name that all share is in the store whenever any of them reports: it says nothing of a workload without one.
    if (pods.length > 0 && !pods.some(hasProxy)) {
      return [];
    }
    const own =
      labels['app.kubernetes.io/instance'] ?? labels['app.kubernetes.io/name'];
    const tags = {
      'linkerd.io/workload-ns': ref.namespace,
      [`linkerd.io/proxy-${ref.kind.toLowerCase()}`]: ref.name,
    };
    return [...(own ? [own] : []), DEFAULT_SERVICE].map(service => ({
      service,
      tags,
    }));
  },

  placeOf(span) {
    const namespace = attributeOf(span, 'linkerd.io/workload-ns');
    const workload = firstOf(span, ...WORKLOAD_LABELS);
    const pod = firstOf(span, 'k8s.pod.name', 'host.name');
    return namespace === undefined
      ? undefined
      : {
          namespace,
          ...(workload !== undefined && { workload }),
          ...(pod !== undefined && { pod }),
        };
  },
};

/** The injector labels the pods that it gives a proxy. */
function hasProxy({ metadata }: Pod): boolean {
  return metadata.labels?.['linkerd.io/control-plane-ns'] !== undefined;
}
