import {
  AskedCall,
  CallEvaluation,
  evaluateCaller,
  linkerdInboundPolicy,
  MESHES,
  MeshSnapshot,
  Workload,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Answerer } from './case';
import { decidersOf, Names } from './words';
import { firstPod, workloadNamed } from './workload';

const askSchema = z.object({
  workload: z.string(),
  port: z.number(),
  /** Absent: from outside the mesh. */
  from: z.string().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  host: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  jwt: z.record(z.string(), z.unknown()).optional(),
  protocol: z.enum(['http', 'tcp']).optional(),
});

/** Whether a caller gets in. */
export const authz: Answerer = (snapshot, asked) => {
  const ask = askSchema.parse(asked);
  const workload = workloadNamed(snapshot, ask.workload);
  const caller = ask.from ? workloadNamed(snapshot, ask.from) : undefined;
  const { decision, hops } = evaluateCaller(
    snapshot,
    workload,
    ask.port,
    caller,
    callOf(ask, caller && firstPod(snapshot, caller).pod.status?.podIP),
    MESHES,
  );
  const last = hops.at(-1);
  const matching = last?.checks.find(
    ({ result, reason }) =>
      result === 'match' &&
      decision.reasons.some(({ text }) => text === reason.text),
  );
  return {
    outcome:
      decision.value === 'denied' && hops.length === 0
        ? // What a side is set to keeps the call from those who would decide about it.
          Names.of('denied', 'failed')
        : decision.value,
    status: decision.value === 'denied' ? statusOf(hops) : undefined,
    enforcedBy: last?.by,
    server: serverOf(snapshot, workload, ask.port),
    decider: decidersOf(decision.reasons, matching?.rule),
  };
};

/** Without a method and a path no HTTP is spoken. */
function callOf(
  { method, path, host, headers, jwt, protocol }: z.infer<typeof askSchema>,
  address: string | undefined,
): AskedCall {
  const place = { sourceIp: address, remoteIp: address };
  const isHttp = protocol ? protocol === 'http' : method ?? path;
  return isHttp
    ? {
        ...place,
        protocol: 'http',
        method: method ?? 'GET',
        path: path ?? '/',
        ...(host && { host }),
        headers,
        tokens: jwt ? [{ claims: jwt }] : [],
      }
    : { ...place, protocol: 'tcp' };
}

/** Who refuses a connection gives no answer. */
function statusOf(hops: CallEvaluation['hops']): number | null {
  return hops.at(-1)?.status ?? null;
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
