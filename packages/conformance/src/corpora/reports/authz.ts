import {
  CallEvaluation,
  CallFacts,
  MeshSnapshot,
  MESHES,
  workloadMtls,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Answerer } from './case';
import { decidersOf } from './words';
import { firstPod, workloadNamed } from './workload';

const askSchema = z.object({
  workload: z.string(),
  port: z.number(),
  from: z.string(),
  method: z.string(),
  path: z.string(),
  host: z.string().optional(),
});

type Ask = z.infer<typeof askSchema>;

/** Whether a caller gets in. */
export const authz: Answerer = (snapshot, asked) => {
  const ask = askSchema.parse(asked);
  const { pod, mesh, enrolment } = firstPod(
    snapshot,
    workloadNamed(snapshot, ask.workload),
  );
  const { evaluate } =
    mesh?.authorization(snapshot, pod, ask.port, enrolment.mode.value) ?? {};
  if (!evaluate) {
    throw new Error('The mesh of the workload does not evaluate calls');
  }
  const { decision, hops } = evaluate(factsOf(snapshot, ask));
  const last = hops.at(-1);
  const matching = last?.checks.find(
    ({ result, reason }) =>
      result === 'match' &&
      decision.reasons.some(({ text }) => text === reason.text),
  );
  return {
    outcome: decision.value,
    status: decision.value === 'denied' ? statusOf(hops) : undefined,
    enforcedBy: last?.by,
    decider: decidersOf(decision.reasons, matching?.rule),
  };
};

/** Without HTTP there is no answer. */
function statusOf(hops: CallEvaluation['hops']): number | null {
  const last = hops.at(-1);
  return last?.layer === 'http' ? 403 : null;
}

function factsOf(snapshot: MeshSnapshot, ask: Ask): CallFacts {
  const { workload, port, from, method, path, host } = ask;
  const caller = workloadNamed(snapshot, from);
  const client = firstPod(snapshot, caller);
  const sends = workloadMtls(
    snapshot,
    workloadNamed(snapshot, workload),
    MESHES,
    [{ sources: ['declared'], workload: caller }],
  )
    .clients.find(({ workload: ref }) => ref?.name === caller.ref.name)
    ?.ports.find(one => one.port === port)?.sends.value;
  const identity =
    sends === 'mtls' && client.mesh?.identity(snapshot, client.pod);
  return {
    peer: identity ? { type: 'identity', identity } : { type: 'none' },
    mode: client.enrolment.mode.value,
    inCluster: true,
    protocol: 'http',
    sourceIp: client.pod.status?.podIP,
    remoteIp: client.pod.status?.podIP,
    method,
    path,
    ...(host && { host }),
    headers: {},
    tokens: [],
  };
}
