import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  MeshSnapshot,
  MESHES,
  requestWalk,
  WalkAnswer,
  WalkRequest,
  walkRequestSchema,
} from 'backstage-plugin-mesh-common';
import { arrivals } from './application';
import { differences } from './comparison';
import { PodName, PODS } from './places';
import { predictionOf } from './prediction';
import { Received, SentRequest } from './sending';
import { Situation, TestRequest } from './situation';
import { LogLine, TestMesh } from './TestMesh';
import { TokenIssuer } from './TokenIssuer';

/** What came of one request of a situation. */
export interface Outcome {
  request: TestRequest;
  answer: WalkAnswer;
  received: Received[];
  /** Empty: it is as predicted. */
  differences: string[];
}

interface Prepared {
  request: TestRequest;
  asked: WalkRequest;
  sender: PodName;
  sent: SentRequest;
  authority: string;
  ids: string[];
}

/** Long enough for what is slow on purpose. */
const TIMEOUT_SECONDS = 15;

/** Sends the requests of a situation whose configuration is in force, and compares what comes back. */
export async function runRequests(
  mesh: TestMesh,
  { requests }: Situation,
  issuer: TokenIssuer,
): Promise<Outcome[]> {
  const snapshot = await mesh.snapshot();
  const prepared = requests.map(request =>
    prepare(request, mesh, snapshot.cluster, issuer),
  );
  const received = await sendAll(mesh, prepared);
  const answers = prepared.map(({ asked }) =>
    requestWalk(snapshot, asked, MESHES),
  );
  const expected = prepared.map(({ request, ids }, index) => {
    const { mirrors } = answers[index];
    const each = arrivals(answers[index], request.app);
    const isCounted = mirrors.length > 0 || request.app.failures !== undefined;
    return isCounted && each !== undefined ? each * ids.length : undefined;
  });
  const seen = await countArrivals(mesh, prepared, expected);
  return prepared.map((one, index) => {
    const answer = answers[index];
    const sent = {
      path: one.sent.path,
      authority: one.authority,
      headers: Object.fromEntries(
        one.sent.headers.map(([name, value]) => [name.toLowerCase(), value]),
      ),
      ...identityOf(snapshot, one),
    };
    const predicted = predictionOf(answer, sent, one.request.app);
    const wanted = expected[index];
    return {
      request: one.request,
      answer,
      received: received[index],
      differences: [
        ...differences(predicted, received[index]),
        ...(wanted !== undefined && wanted !== seen[index]
          ? [
              `applications heard of it ${seen[index]} times, predicted ${wanted}`,
            ]
          : []),
      ],
    };
  });
}

function prepare(
  request: TestRequest,
  mesh: TestMesh,
  cluster: string,
  issuer: TokenIssuer,
): Prepared {
  const url = new URL(request.url);
  const protocol = protocolOf(url);
  const port = Number(url.port || (protocol === 'tls' ? 443 : 80));
  const path = `${url.pathname}${url.search}`;
  const { claims, gateway } = request;
  const headers = {
    ...request.headers,
    ...appHeaders(request),
    ...(claims && { authorization: `Bearer ${issuer.token(claims)}` }),
  };
  const asked = walkRequestSchema.parse({
    from: fromOf(request, mesh, cluster),
    protocol,
    host: url.hostname,
    port,
    method: request.method,
    path,
    headers: request.headers,
    sni: request.sni,
    jwt: claims,
  });
  const host = Object.entries(request.headers).find(
    ([name]) => name.toLowerCase() === 'host',
  );
  const authority = host?.[1] ?? url.host;
  const others = Object.entries(headers).filter(([name]) => name !== host?.[0]);
  return {
    request,
    asked,
    sender: gateway ? 'plain' : request.from,
    authority,
    ids: Array.from({ length: request.times }, () => randomUUID()),
    sent: {
      address:
        request.address ?? (gateway ? mesh.address(gateway) : url.hostname),
      port: gateway === 'ingress' && port === 80 ? 8080 : port,
      ...(protocol === 'tls' && {
        tls: true,
        sni: request.sni ?? url.hostname,
      }),
      method: request.method,
      path,
      headers: [['Host', authority], ...others],
      timeout: TIMEOUT_SECONDS,
    },
  };
}

function protocolOf({ protocol }: URL): WalkRequest['protocol'] {
  switch (protocol) {
    case 'https:':
      return 'tls';
    case 'tcp:':
      return 'tcp';
    default:
      return 'http';
  }
}

function fromOf(
  { from, gateway, gatewayName }: TestRequest,
  mesh: TestMesh,
  cluster: string,
): WalkRequest['from'] {
  return gateway
    ? {
        gateway: { namespace: 'mesh-test', name: gatewayName ?? gateway },
        sourceIp: mesh.address('plain'),
      }
    : { workload: { cluster, namespace: PODS[from], kind: '', name: from } };
}

function appHeaders({ app }: TestRequest): Record<string, string> {
  const { status, delaySeconds, failures } = app;
  return {
    ...(status !== undefined && { 'x-app-status': String(status) }),
    ...(delaySeconds !== undefined && { 'x-app-delay': String(delaySeconds) }),
    ...(failures !== undefined && { 'x-app-failures': String(failures) }),
  };
}

/** The requests of each pod go together; those of a pod that are the same come one after the other. */
async function sendAll(
  mesh: TestMesh,
  prepared: readonly Prepared[],
): Promise<Received[][]> {
  const received = prepared.map((): Received[] => []);
  const senders = new Set(prepared.map(({ sender }) => sender));
  await Promise.all(
    [...senders].map(async sender => {
      const each = prepared.flatMap(({ sender: own, sent, ids }, index) =>
        own === sender
          ? ids.map(id => ({ index, sent: withId(sent, id) }))
          : [],
      );
      const answers = await mesh.send(
        sender,
        each.map(({ sent }) => sent),
      );
      answers.forEach((answer, at) => received[each[at].index].push(answer));
    }),
  );
  return received;
}

function withId(sent: SentRequest, id: string): SentRequest {
  return { ...sent, headers: [...sent.headers, ['x-app-id', id]] };
}

function identityOf(
  snapshot: MeshSnapshot,
  { request, sender }: Prepared,
): { identity?: string } {
  const istio = MESHES.find(({ id }) => id === 'istio');
  const name = request.gateway ?? sender;
  const pods = [...snapshot.bucket('Pod', podNamespace(name)).values()];
  const pod = pods.find(
    ({ metadata }) =>
      metadata.name === name ||
      metadata.labels?.['gateway.networking.k8s.io/gateway-name'] === name,
  );
  const identity = pod && istio?.identity(snapshot, pod);
  return identity && name !== 'plain' ? { identity } : {};
}

function podNamespace(name: string): string {
  return Object.entries(PODS).find(([pod]) => pod === name)?.[1] ?? 'mesh-test';
}

const LOG_TRIES = 5;
const LOG_PAUSE_MS = 500;

/**
 * How often applications heard of each request, by their logs. Mirrored requests and logs come a little later than
 * answers, so that fewer than expected is looked at again.
 */
async function countArrivals(
  mesh: TestMesh,
  prepared: readonly Prepared[],
  expected: readonly (number | undefined)[],
): Promise<number[]> {
  if (expected.every(each => each === undefined)) {
    return prepared.map(() => 0);
  }
  for (let attempt = 1; ; attempt++) {
    const counts = new Map<string, number>();
    for (const { id } of await logsOf(mesh)) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const seen = prepared.map(({ ids }) =>
      ids.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0),
    );
    if (
      attempt === LOG_TRIES ||
      expected.every((each, index) => each === undefined || each <= seen[index])
    ) {
      return seen;
    }
    await setTimeout(LOG_PAUSE_MS);
  }
}

async function logsOf(mesh: TestMesh): Promise<LogLine[]> {
  const logs = await Promise.all([
    mesh.logged('web-v1'),
    mesh.logged('web-v2'),
    mesh.logged('other'),
  ]);
  return logs.flat();
}
