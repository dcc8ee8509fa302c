import { Workload } from '../../mesh/workloads';
import { StoredSpan } from '../model';
import { application } from './application';
import { envoy } from './envoy';
import { linkerdProxy } from './linkerdProxy';
import {
  attributeOf,
  ServiceSearch,
  SpanPlace,
  SpanReporter,
} from './reporter';

/** The first that recognises a span is its reporter; the last recognises all. */
const REPORTERS: readonly SpanReporter[] = [envoy, linkerdProxy, application];

/**
 * The annotation by which an entity names its service in the trace store; the Jaeger plugin's.
 *
 * @public
 */
export const TRACE_SERVICE_ANNOTATION = 'jaegertracing.io/service';

/** Whether a proxy of a mesh reported a span, or an application. */
export function roleOf(span: StoredSpan): SpanReporter['role'] {
  return reporterOf(span).role;
}

/**
 * Where a span says that it comes from; undefined where it does not.
 *
 * @public
 */
export function placeOf(span: StoredSpan): SpanPlace | undefined {
  return reporterOf(span).placeOf(span);
}

/**
 * What a store is asked for spans of a workload by; each once.
 *
 * @public
 */
export function traceSearches(workload: Workload): ServiceSearch[] {
  const searches = new Map<string, ServiceSearch>();
  for (const reporter of REPORTERS) {
    for (const search of reporter.searches(workload)) {
      const known = searches.get(search.service);
      // A search without tags finds what one with tags does.
      if (!known || Object.keys(search.tags).length === 0) {
        searches.set(search.service, search);
      }
    }
  }
  return [...searches.values()].sort((a, b) =>
    a.service.localeCompare(b.service),
  );
}

/**
 * Whether a span is of a workload. Where it says its place, that decides: its controller, else its pod, else its
 * namespace together with the name of its service. Where it does not, a name counts that has the namespace in it: a bare
 * `reviews` may be anybody's. Where clusters share a store, the attribute that names the cluster must name the workload's:
 * clusters have namespaces of the same names.
 *
 * @public
 */
export function isSpanOf(
  span: StoredSpan,
  workload: Workload,
  clusterAttribute?: string,
): boolean {
  if (!isOnCluster(span, workload.ref.cluster, clusterAttribute)) {
    return false;
  }
  const reporter = reporterOf(span);
  const { namespace, name } = workload.ref;
  const { service } = span.process;
  const isNamed = reporter
    .searches(workload)
    .some(search => search.service === service);
  const place = reporter.placeOf(span);
  if (!place) {
    return isNamed && service.endsWith(`.${namespace}`);
  }
  if (place.namespace !== namespace) {
    return false;
  }
  if (place.workload !== undefined) {
    return place.workload === name;
  }
  return place.pod === undefined ? isNamed : isPodOf(place.pod, workload);
}

/**
 * Whether a span says that it is of a cluster; where no attribute tells, it may be of any.
 *
 * @public
 */
export function isOnCluster(
  span: StoredSpan,
  cluster: string,
  clusterAttribute: string | undefined,
): boolean {
  return (
    clusterAttribute === undefined ||
    attributeOf(span, clusterAttribute) === cluster
  );
}

/** One of its pods, or one that it had: by the form of the names that its controller makes. */
function isPodOf(pod: string, { ref, pods }: Workload): boolean {
  if (pods.some(({ metadata }) => metadata.name === pod)) {
    return true;
  }
  if (!pod.startsWith(`${ref.name}-`)) {
    return false;
  }
  const rest = pod.slice(ref.name.length + 1);
  switch (ref.kind) {
    case 'StatefulSet':
      return /^\d+$/.test(rest);
    case 'DaemonSet':
      return /^[a-z0-9]{5}$/.test(rest);
    default:
      // The hash of a template has no vowels, so `v2-abcde` is no hash and a suffix of its own.
      return /^[bcdfghjklmnpqrstvwxz2456789]{5,10}-[a-z0-9]{5}$/.test(rest);
  }
}

function reporterOf(span: StoredSpan): SpanReporter {
  return REPORTERS.find(one => one.recognises(span)) ?? application;
}
