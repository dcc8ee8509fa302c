import {
  istioClusterSeenBy,
  IstioProxyCluster,
  MeshSnapshot,
  WalkAnswer,
} from 'backstage-plugin-mesh-common';
import { Answerer } from './case';
import {
  durationOf,
  requestAskSchema,
  resilienceOfRequest,
  walkOf,
} from './linkerdResilience';
import { checklistOf } from './checklist';
import { decidersOf } from './words';
import { firstPod, workloadNamed } from './workload';

/** How a client treats the endpoints of a host; of one request, what holds for it. */
export const resilience: Answerer = (snapshot, asked) => {
  const request = requestAskSchema.parse(asked);
  if (isInLinkerd(snapshot, request.from)) {
    return resilienceOfRequest(snapshot, request);
  }
  const walk = walkOf(snapshot, request);
  const [branch] = walk.branches;
  const { locality, outlierDetection, connections } = clusterOfClient(
    snapshot,
    request.from,
    {
      host: branch?.host ?? request.host,
      port: branch?.port ?? request.port,
      ...(branch?.subset && { subset: branch.subset }),
    },
  );
  const [name, namespace] = (branch?.host ?? request.host).split('.');
  const failsOver = locality.mode === 'failover' ? 'active' : locality.mode;
  const breaker = outlierDetection ? breakerWords(outlierDetection) : null;
  return {
    timeout: limitWords(walk.timeoutMs),
    timeouts: { request: limitWords(walk.timeoutMs) },
    retries: walk.retries ? retryWords(walk.retries) : null,
    outlierDetection: breaker,
    breaker,
    connectionPool: {
      ...connections.pool,
      connectTimeout: durationOf(connections.connectTimeoutMs),
    },
    localityFailover: failsOver,
    failover: failsOver,
    checklist: checklistOf(snapshot, request.from, {
      namespace:
        namespace ?? workloadNamed(snapshot, request.from).ref.namespace,
      name,
    }),
    decider: decidersOf([
      ...locality.reasons,
      ...[...walk.steps, ...(branch?.steps ?? [])]
        .filter(({ step }) => step === 'resilience' || step === 'route')
        .flatMap(({ reasons }) => reasons),
    ]),
  };
};

function limitWords(ms: number | undefined): string | null {
  return ms === undefined ? null : durationOf(ms);
}

function retryWords({
  attempts,
  on,
  codes,
  perTryTimeoutMs,
  isDefault,
}: NonNullable<WalkAnswer['retries']>) {
  return {
    attempts,
    limit: attempts,
    perTryTimeout: limitWords(perTryTimeoutMs),
    on,
    retryOn: on.join(','),
    codes,
    default: isDefault,
  };
}

/** Durations in words beside the numbers. */
function breakerWords(
  detection: NonNullable<IstioProxyCluster['outlierDetection']>,
) {
  const { intervalMs, baseEjectionTimeMs, reasons: _, ...numbers } = detection;
  return {
    ...numbers,
    interval: limitWords(intervalMs),
    baseEjectionTime: limitWords(baseEjectionTimeMs),
  };
}

function isInLinkerd(snapshot: MeshSnapshot, workload: string): boolean {
  const { mesh } = firstPod(snapshot, workloadNamed(snapshot, workload));
  return mesh?.id === 'linkerd';
}

/** What the sidecar of a workload has for a host. */
export function clusterOfClient(
  snapshot: MeshSnapshot,
  from: string,
  destination: { host: string; port: number; subset?: string },
): IstioProxyCluster {
  const { ref, labels } = workloadNamed(snapshot, from);
  const found = istioClusterSeenBy(snapshot, destination, {
    proxy: 'sidecar',
    namespace: ref.namespace,
    labels,
  });
  if (found.state !== 'present') {
    throw new Error(`${from} has no ${destination.host}: ${found.state}`);
  }
  return found;
}
