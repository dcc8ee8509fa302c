import type { ResourceType, StoredObject } from './types';
import { listOf, recordOf, type JsonRecord } from './values';

const INITIAL = new Map<string, (object: StoredObject) => JsonRecord>([
  ['/Namespace', () => ({ phase: 'Active' })],
  ['/Node', () => ({})],
  [
    '/Pod',
    object => ({ phase: 'Pending', qosClass: qosClass(recordOf(object.spec)) }),
  ],
  ['/Service', () => ({ loadBalancer: {} })],
  ['apps/Deployment', () => ({})],
  ['apps/ReplicaSet', () => ({ replicas: 0 })],
  ['apps/StatefulSet', () => ({ replicas: 0, availableReplicas: 0 })],
  [
    'apps/DaemonSet',
    () => ({
      currentNumberScheduled: 0,
      desiredNumberScheduled: 0,
      numberMisscheduled: 0,
      numberReady: 0,
    }),
  ],
  ['batch/CronJob', () => ({})],
  ['batch/Job', () => ({})],
  ['networking.k8s.io/Ingress', () => ({ loadBalancer: {} })],
]);

/** The status that the API server gives a new object, before any controller has seen it. */
export function initialStatus(
  resource: ResourceType,
  object: StoredObject,
): JsonRecord | undefined {
  return resource.custom
    ? undefined
    : INITIAL.get(`${resource.group}/${resource.kind}`)?.(object);
}

/** Guaranteed: all limits are set and equal the requests; BestEffort: nothing is asked. */
function qosClass(spec: JsonRecord): string {
  const resources = listOf(spec.containers).map(container =>
    recordOf(recordOf(container).resources),
  );
  const asked = resources.some(
    ({ limits, requests }) =>
      Object.keys(recordOf(limits)).length > 0 ||
      Object.keys(recordOf(requests)).length > 0,
  );
  if (!asked) {
    return 'BestEffort';
  }
  const guaranteed = resources.every(({ limits, requests }) =>
    ['cpu', 'memory'].every(name => {
      const limit = recordOf(limits)[name];
      const request = recordOf(requests)[name];
      return (
        limit !== undefined && (request === undefined || request === limit)
      );
    }),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
