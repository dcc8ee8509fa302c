import {
  Analyzer,
  CHECKS,
  istioClusterSeenBy,
  IstioProxyCluster,
  MeshSnapshot,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Answerer } from './case';
import { requestAskSchema, resilienceOfRequest } from './linkerdResilience';
import { decidersOf } from './words';
import { firstPod, workloadNamed } from './workload';

const askSchema = z.object({
  from: z.string(),
  host: z.string(),
  port: z.number(),
});

/** The check of failover between localities. */
const FAILOVER = 'MESH-I0103';

/** How a client treats the endpoints of a host; of one request, what holds for it. */
export const resilience: Answerer = (snapshot, asked) => {
  const request = requestAskSchema.safeParse(asked);
  if (request.success && isInLinkerd(snapshot, request.data.from)) {
    return resilienceOfRequest(snapshot, request.data);
  }
  const { from, host, port } = askSchema.parse(asked);
  const { locality, outlierDetection } = clusterOfClient(snapshot, from, {
    host,
    port,
  });
  return {
    localityFailover: locality.mode === 'failover' ? 'active' : locality.mode,
    outlierDetection: outlierDetection ?? null,
    checklist: { 'locality-failover': failover(snapshot) },
    decider: decidersOf(locality.reasons),
  };
};

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

function failover(snapshot: MeshSnapshot): 'pass' | 'fail' {
  const { findings } = Analyzer.create(CHECKS).analyze(snapshot);
  return findings.some(({ code }) => code === FAILOVER) ? 'fail' : 'pass';
}
