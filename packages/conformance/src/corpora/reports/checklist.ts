import {
  Analyzer,
  CHECKS,
  Judgement,
  judgePart,
  meshOfPod,
  MESHES,
  MeshSnapshot,
} from 'backstage-plugin-mesh-common';
import { workloadNamed } from './workload';

/** A failover between localities that cannot happen, which is a finding of its own. */
const FAILOVER = 'MESH-I0103';

/** The items that cases ask about, by the words that they have for them. */
const ITEMS: Readonly<Record<string, string>> = {
  'circuit-breaker': 'configuration.set-up-circuit-breakers',
  'outlier-detection': 'configuration.set-up-circuit-breakers',
  retries: 'configuration.configure-retry-policies',
  timeouts: 'performance-tuning.optimize-timeouts-and-retries',
  'connection-pool': 'performance-tuning.configure-connection-pooling',
  'load-balancing': 'traffic-management.configure-load-balancing',
};

/** What the checklist says of a Service and of the way of one client to it. */
export function checklistOf(
  snapshot: MeshSnapshot,
  client: string,
  { namespace, name }: { namespace: string; name: string },
): Readonly<Record<string, Judgement['state']>> {
  const { findings } = Analyzer.create(CHECKS).analyze(snapshot);
  const { ref, pods } = workloadNamed(snapshot, client);
  const service = snapshot.get('Service', namespace, name);
  const mesh = pods[0] && meshOfPod(snapshot, pods[0], MESHES).mesh;
  const seenFrom = { namespace: ref.namespace, workload: ref };
  const judged =
    service && mesh
      ? judgePart({
          snapshot,
          workloads: [],
          routes: [
            {
              service: { cluster: snapshot.cluster, namespace, name },
              seenFrom,
              ...mesh.routes(snapshot, service, seenFrom),
            },
          ],
          meshes: MESHES,
        })
      : undefined;
  return {
    'locality-failover': findings.some(({ code }) => code === FAILOVER)
      ? 'fail'
      : 'pass',
    ...Object.fromEntries(
      Object.entries(ITEMS).map(([word, id]) => [
        word,
        worstOf(judged?.get(id) ?? []),
      ]),
    ),
  };
}

const FROM_WORST: readonly Judgement['state'][] = [
  'fail',
  'unknown',
  'pass',
  'not-applicable',
];

function worstOf(judgements: readonly Judgement[]): Judgement['state'] {
  return (
    FROM_WORST.find(state => judgements.some(one => one.state === state)) ??
    'unknown'
  );
}
