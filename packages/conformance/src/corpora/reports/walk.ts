import {
  assumedCourse,
  MESHES,
  MeshSnapshot,
  requestWalk,
  WalkAnswer,
  walkRequestSchema,
  WalkStep,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Answerer } from './case';
import { routesIfAny } from './linkerdRoutes';
import { clusterOfClient } from './resilience';
import { decidersOf, Names, namesOf, nameOf } from './words';
import { workloadNamed } from './workload';

const askSchema = z.object({
  from: z.union([
    z.string(),
    z.object({
      external: z.literal(true),
      gateway: z.string(),
      scheme: z.enum(['http', 'https', 'tls', 'tcp']).default('http'),
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
  /** What the application does with each request. */
  assume: z
    .object({
      upstreamLatency: z.string().default('0ms'),
      upstreamStatus: z.number().default(200),
    })
    .optional(),
});

type Ask = z.infer<typeof askSchema>;

const OUTSIDE = { https: 'tls', tls: 'tls', tcp: 'tcp' } as const;

/** What becomes of one request. */
export const walk: Answerer = (snapshot, asked, { destination }) => {
  const ask = askSchema.parse(asked);
  const answer = requestWalk(snapshot, requestOf(snapshot, ask), MESHES);
  const [branch] = answer.branches;
  const steps = [...answer.steps, ...(branch?.steps ?? [])];
  const last = steps.find(({ result }) => result === 'ends');
  const course = courseOf(answer, ask);
  return {
    outcome: course?.outcome ?? outcomeOf(answer),
    status: course ? course.status : statusOf(answer),
    flag: course ? course.flag : answer.flag ?? branch?.flag,
    // TLS of the client's own is none of the mesh.
    tls: branch?.sends === 'tls' ? Names.of('tls', 'plaintext') : branch?.sends,
    via: (branch?.via ?? []).map(namesOf),
    peerIdentity:
      branch?.peerIdentity &&
      Names.of(branch.peerIdentity, `spiffe://${branch.peerIdentity}`),
    enforcedBy: branch?.authorization?.hops.at(-1)?.by,
    cluster: steps.flatMap(
      ({ text }) =>
        /(PassthroughCluster|BlackHoleCluster)/.exec(text)?.[1] ?? [],
    )[0],
    step: last && stepOf(last, branch),
    tries: answer.flag === 'FI' ? 0 : course?.tries,
    after: course && `${course.afterMs / 1000}s`,
    location: answer.redirect?.location,
    ignored: ignoredFor(snapshot, ask, branch),
    destination: branch && {
      service: serviceOf(branch.host),
      host: branch.host,
      port: branch.port,
      workloads: branch.workloads.map(namesOf),
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
          protocol: from.scheme === 'http' ? protocol : OUTSIDE[from.scheme],
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

/** In the words of cases, which have one for what comes to where it was going. */
function outcomeOf({ outcome: { value } }: WalkAnswer) {
  switch (value) {
    case 'unmeshed':
      return Names.of('unmeshed', 'delivered');
    case 'redirect':
      return Names.of('redirect', 'direct-response');
    default:
      return value;
  }
}

/** Null where the connection is closed. */
function statusOf({ status, branches: [branch] }: WalkAnswer) {
  return status === undefined ? branch?.status : status;
}

/** Cases say what the application does only where that is assumed. */
function courseOf(answer: WalkAnswer, { assume }: Ask) {
  const rules = MESHES.find(({ id }) => id === answer.mesh)?.tries;
  return assume && rules
    ? assumedCourse(
        answer,
        {
          latencyMs: millisecondsOf(assume.upstreamLatency),
          status: assume.upstreamStatus,
        },
        rules,
      )
    : undefined;
}

function millisecondsOf(duration: string): number {
  const [, amount, unit] = /^([\d.]+)(ms|s)$/.exec(duration) ?? [];
  return Number(amount) * (unit === 's' ? 1000 : 1);
}

/** What names the Service that is called, and has no effect on the client. */
function ignoredFor(
  snapshot: MeshSnapshot,
  { from }: Ask,
  branch: WalkAnswer['branches'][number] | undefined,
): string[] {
  const routes =
    typeof from === 'string' && branch?.port
      ? routesIfAny(snapshot, from, serviceOf(branch.host), branch.port)
      : undefined;
  return (routes?.ignored ?? []).flatMap(({ object }) =>
    object ? nameOf(object) : [],
  );
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
  return decidersOf(
    last
      ? [...last.reasons, ...answer.outcome.reasons]
      : steps.flatMap(step => step.reasons),
  );
}
