import {
  CallEvaluation,
  evaluateCaller,
  linkerdInboundPolicy,
  MESHES,
  MeshSnapshot,
  Workload,
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

/** Whether a caller gets in. */
export const authz: Answerer = (snapshot, asked) => {
  const ask = askSchema.parse(asked);
  const workload = workloadNamed(snapshot, ask.workload);
  const caller = workloadNamed(snapshot, ask.from);
  const address = firstPod(snapshot, caller).pod.status?.podIP;
  const { decision, hops } = evaluateCaller(
    snapshot,
    workload,
    ask.port,
    caller,
    {
      protocol: 'http',
      sourceIp: address,
      remoteIp: address,
      method: ask.method,
      path: ask.path,
      ...(ask.host && { host: ask.host }),
      headers: {},
      tokens: [],
    },
    MESHES,
  );
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
    server: serverOf(snapshot, workload, ask.port),
    decider: decidersOf(decision.reasons, matching?.rule),
  };
};

/** Without HTTP there is no answer. */
function statusOf(hops: CallEvaluation['hops']): number | null {
  const last = hops.at(-1);
  return last?.layer === 'http' ? last.status ?? 403 : null;
}

/** The Server of the port, where it has one. */
function serverOf(
  snapshot: MeshSnapshot,
  workload: Workload,
  port: number,
): string | undefined {
  const policy = linkerdInboundPolicy(
    snapshot,
    firstPod(snapshot, workload).pod,
    port,
  );
  const { server } = 'policy' in policy ? policy : { server: undefined };
  return (
    server && `Server/${server.metadata.namespace}/${server.metadata.name}`
  );
}
