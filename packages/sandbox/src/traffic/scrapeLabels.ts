import type { Labels } from '../prometheus/promql/series';
import type { Pod } from '../world/coreKinds';
import { proxyOf } from './linkerd/proxy';

/**
 * The labels that a scrape adds: those of Istio's sample configuration (job `kubernetes-pods`), and for Linkerd's
 * proxies those of its viz Prometheus (job `linkerd-proxy`: the `linkerd.io/proxy-*` labels name the workload). Both
 * copy the pod's labels. `cluster` is what a store that several clusters share puts on everything.
 */
export function scrapeLabels(cluster: string): (pod: Pod) => Labels {
  return pod => {
    const { namespace, name, labels, body } = pod;
    const linkerd = proxyOf(pod) !== undefined;
    const copied: Record<string, string> = {};
    for (const [key, value] of Object.entries(labels)) {
      const linkerdKey = /^linkerd\.io\/(?:proxy-)?(.+)$/.exec(key)?.[1];
      copied[sanitized(linkerd && linkerdKey ? linkerdKey : key)] = value;
    }
    return {
      ...copied,
      cluster,
      job: linkerd ? 'linkerd-proxy' : 'kubernetes-pods',
      instance: `${body.status.podIP}:${linkerd ? 4191 : 15020}`,
      namespace,
      pod: name,
    };
  };
}

function sanitized(label: string): string {
  return label.replace(/[^a-zA-Z0-9_]/g, '_');
}
