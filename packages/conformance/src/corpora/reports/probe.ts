import {
  CallEvaluation,
  evaluateProbe,
  MESHES,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Answerer } from './case';
import { decidersOf, Names } from './words';
import { workloadNamed } from './workload';

const askSchema = z.object({
  workload: z.string(),
  port: z.number(),
  /** Absent: it wants a connection alone. */
  path: z.string().optional(),
  /** What the application answers. */
  assume: z.object({ upstreamStatus: z.number().default(200) }).prefault({}),
});

const NOT_FOUND = 404;

/** What the kubelet gets, which calls from outside the mesh and without a body. */
export const probe: Answerer = (snapshot, asked) => {
  const { workload, port, path, assume } = askSchema.parse(asked);
  const { decision, hops } = evaluateProbe(
    snapshot,
    workloadNamed(snapshot, workload),
    { port, path },
    MESHES,
  );
  const status =
    decision.value === 'allowed' ? assume.upstreamStatus : statusOf(hops);
  return {
    outcome:
      hops.length === 0 && decision.value === 'denied'
        ? Names.of('failed', 'denied')
        : outcomeOf(decision.value, status),
    status,
    decider: decidersOf(decision.reasons),
  };
};

/** Who refuses a connection gives no answer. */
function statusOf(hops: CallEvaluation['hops']): number | null {
  return hops.at(-1)?.status ?? null;
}

/** In the words for requests: one that is let in reaches the application. */
function outcomeOf(decision: string, status: number | null): string {
  if (decision === 'allowed') {
    return 'delivered';
  }
  return decision === 'denied' && status === NOT_FOUND ? 'no-route' : decision;
}
