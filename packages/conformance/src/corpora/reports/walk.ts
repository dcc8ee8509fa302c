import {
  MESHES,
  MeshSnapshot,
  Reason,
  requestWalk,
  WalkAnswer,
  walkRequestSchema,
  WalkStep,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Answerer } from './case';
import { clusterOfClient } from './resilience';
import { decidersOf } from './words';
import { workloadNamed } from './workload';

const askSchema = z.object({
  from: z.union([
    z.string(),
    z.object({
      external: z.literal(true),
      gateway: z.string(),
      scheme: z.enum(['http', 'https']),
      sni: z.string().optional(),
    }),
  ]),
  host: z.string(),
  port: z.number(),
  method: z.string().optional(),
  path: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  jwt: z.record(z.string(), z.unknown()).optional(),
  cluster: z.string().optional(),
  protocol: z.enum(['tcp']).optional(),
  assume: z.object({ upstreamLatency: z.string().optional() }).optional(),
});

type Ask = z.infer<typeof askSchema>;

/** What becomes of one request. */
export const walk: Answerer = (snapshot, asked, { destination }) => {
  const ask = askSchema.parse(asked);
  const answer = requestWalk(snapshot, requestOf(snapshot, ask), MESHES);
  const [branch] = answer.branches;
  const steps = [...answer.steps, ...(branch?.steps ?? [])];
  const last = steps.find(({ result }) => result === 'ends');
  return {
    outcome: answer.outcome.value,
    status: answer.status ?? branch?.status ?? statusOfApplication(ask),
    flag: answer.flag ?? branch?.flag,
    tls: branch?.sends,
    via: branch?.via?.map(
      ({ cluster, namespace, name }) => `${cluster}/${namespace}/${name}`,
    ),
    peerIdentity: branch?.peerIdentity,
    cluster: steps.some(({ text }) => text.includes('PassthroughCluster'))
      ? 'PassthroughCluster'
      : undefined,
    step: last && stepOf(last, branch),
    tries: answer.flag === 'FI' ? 0 : undefined,
    after: afterOf(answer, ask),
    destination: branch && {
      service: serviceOf(branch.host),
      subset: branch.subset ?? null,
      // Cases that do not list them may be about hosts that the client's proxy does not have.
      ...(Object(destination).endpoints && {
        endpoints: endpointsOf(snapshot, ask, branch),
      }),
    },
    decider: deciders(answer, steps, last),
  };
};

function requestOf(snapshot: MeshSnapshot, ask: Ask) {
  const { from, host, port, method, path, headers, jwt, protocol } = ask;
  return walkRequestSchema.parse({
    ...(typeof from === 'string'
      ? { from: { workload: workloadNamed(snapshot, from).ref }, protocol }
      : {
          from: { gateway: gatewayOf(from.gateway) },
          protocol: from.scheme === 'https' ? 'tls' : protocol,
          sni: from.sni,
        }),
    host,
    port,
    method,
    path,
    headers,
    jwt,
  });
}

function gatewayOf(qualified: string) {
  const [namespace, name] = qualified.split('/');
  return { namespace, name };
}

/** Cases say what the application answers only where that is assumed. */
function statusOfApplication({ assume }: Ask): number | undefined {
  return assume ? 200 : undefined;
}

const STEPS: Readonly<Record<string, string>> = { destination: 'subset' };

function stepOf(
  { step }: WalkStep,
  branch: WalkAnswer['branches'][number] | undefined,
): string {
  const rejected = branch?.authorization?.hops.some(
    ({ verdict }) => verdict === 'token-rejected',
  );
  return rejected ? 'request-authentication' : STEPS[step] ?? step;
}

function afterOf({ delay }: WalkAnswer, { assume }: Ask): string | undefined {
  const latency = /^(\d+)ms$/.exec(assume?.upstreamLatency ?? '')?.[1];
  return delay && latency
    ? `${(delay.ms + Number(latency)) / 1000}s`
    : undefined;
}

/** `namespace/name` of a Service's host. */
function serviceOf(host = ''): string {
  const [name, namespace] = host.split('.');
  return `${namespace}/${name}`;
}

/** `cluster/address` of the endpoints of a workload's request. */
function endpointsOf(
  snapshot: MeshSnapshot,
  { from }: Ask,
  { host, port, subset }: WalkAnswer['branches'][number],
): string[] | undefined {
  if (typeof from !== 'string' || !host || !port) {
    return undefined;
  }
  return clusterOfClient(snapshot, from, { host, port, subset })
    .endpoints?.map(
      ({ cluster = snapshot.cluster, address = '' }) =>
        `${cluster}/${address.replace(/:\d+$/, '')}`,
    )
    .sort();
}

/** What decides is said by the step that ends the way, else by the steps together. */
function deciders(
  answer: WalkAnswer,
  steps: readonly WalkStep[],
  last: WalkStep | undefined,
) {
  const reasons = last
    ? [...last.reasons, ...answer.outcome.reasons]
    : steps.flatMap(step => step.reasons);
  return decidersOf(reasons.filter(isDecision));
}

/** That there is a Service, a pod or a setting of the whole mesh is no decision about a request. */
function isDecision({ object }: Reason): boolean {
  return object !== undefined && object.kind.includes('/');
}
