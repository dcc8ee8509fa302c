import { evaluateCaller, MESHES } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Answerer } from './case';
import { decidersOf } from './words';
import { workloadNamed } from './workload';

const askSchema = z.object({
  workload: z.string(),
  port: z.number(),
  path: z.string(),
  /** What the application answers. */
  assume: z.object({ upstreamStatus: z.number().default(200) }).optional(),
});

const NOT_FOUND = 404;

/** What the kubelet gets, which calls from outside the mesh and without a body. */
export const probe: Answerer = (snapshot, asked) => {
  const { workload, port, path, assume } = askSchema.parse(asked);
  const { decision, hops } = evaluateCaller(
    snapshot,
    workloadNamed(snapshot, workload),
    port,
    undefined,
    { protocol: 'http', method: 'GET', path, headers: {}, tokens: [] },
    MESHES,
  );
  const status =
    decision.value === 'allowed' ? assume?.upstreamStatus : hops.at(-1)?.status;
  return {
    outcome: outcomeOf(decision.value, status),
    status,
    decider: decidersOf(decision.reasons),
  };
};

/** In the words for requests: one that is let in reaches the application. */
function outcomeOf(decision: string, status: number | undefined): string {
  if (decision === 'allowed') {
    return 'delivered';
  }
  return decision === 'denied' && status === NOT_FOUND ? 'no-route' : decision;
}
