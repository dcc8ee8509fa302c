import { evaluateCaller, MESHES } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Answerer } from './case';
import { decidersOf } from './words';
import { workloadNamed } from './workload';

const askSchema = z.object({
  workload: z.string(),
  port: z.number(),
  path: z.string(),
});

const NOT_FOUND = 404;

/** What the kubelet gets, which calls from outside the mesh and without a body. */
export const probe: Answerer = (snapshot, asked) => {
  const { workload, port, path } = askSchema.parse(asked);
  const { decision, hops } = evaluateCaller(
    snapshot,
    workloadNamed(snapshot, workload),
    port,
    undefined,
    { protocol: 'http', method: 'GET', path, headers: {}, tokens: [] },
    MESHES,
  );
  const status = hops.at(-1)?.status;
  return {
    outcome:
      decision.value === 'denied' && status === NOT_FOUND
        ? 'no-route'
        : decision.value,
    status,
    decider: decidersOf(decision.reasons),
  };
};
