import {
  Analyzer,
  CHECKS,
  clientSends,
  meshPodsOf,
  MESHES,
  MeshSnapshot,
  portsOf,
  Reason,
  sendersOf,
  waysTo,
  Workload,
  workloadMtls,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Answerer } from './case';
import { decidersOf, Names, nameOf } from './words';
import { workloadNamed } from './workload';

const askSchema = z.object({
  workload: z.string(),
  port: z.number(),
  client: z.string().optional(),
});

/** A PeerAuthentication for a port that no workload has, in the words of its message. */
const UNUSED_PORT = 'MESH-I0102';

/** The words that cases have for what a port takes where no object of the mesh has one. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'mtls-only': ['mtls-only', 'STRICT'],
  'mtls-or-plaintext': ['mtls-or-plaintext', 'PERMISSIVE'],
  'plaintext-only': ['plaintext-only', 'plaintext', 'DISABLE', 'none'],
};

/** What a port takes, and what a client sends to it. */
export const mtls: Answerer = (snapshot, asked) => {
  const { workload: name, port, client } = askSchema.parse(asked);
  const workload = workloadNamed(snapshot, name);
  const caller = client ? workloadNamed(snapshot, client) : undefined;
  const answer = workloadMtls(
    snapshot,
    workload,
    MESHES,
    caller ? [{ sources: ['declared'], workload: caller }] : [],
  );
  const { accepts } =
    answer.ports.find(one => one.port === port) ?? missing(port);
  const sends = answer.clients
    .find(({ workload: ref }) => ref && ref.name === caller?.ref.name)
    ?.ports.find(one => one.port === port)?.sends;
  return {
    accepts: Names.of(accepts.term, ...(WORDS[accepts.value] ?? [])),
    sends:
      sends?.value === 'fails' && caller
        ? // What is sent, and that the other side does not take it.
          Names.of('fails', sentBy(snapshot, caller, workload, port))
        : sends?.value,
    declared: wordIn(accepts.reasons, /sets ([A-Z]+)/),
    transport: wordIn(sends?.reasons ?? [], /(HBONE)/),
    decider: decidersOf([
      ...accepts.reasons,
      ...(client ? sends?.reasons ?? [] : []),
    ]),
    unusedPortEntries: unusedPortEntries(snapshot),
  };
};

function sentBy(
  snapshot: MeshSnapshot,
  caller: Workload,
  workload: Workload,
  port: number,
): string | undefined {
  const [sender] = sendersOf(snapshot, caller, MESHES);
  const [server] = meshPodsOf(snapshot, workload, MESHES);
  const target = portsOf(snapshot, workload, container =>
    MESHES.some(mesh => mesh.isProxy(container)),
  ).find(one => one.port === port);
  const [service] = target ? waysTo(target) : [];
  const { value, reasons } = clientSends(
    snapshot,
    sender,
    { workload, pod: server.pod, port, service },
    server,
  );
  return value === 'fails'
    ? wordIn(reasons, /(ISTIO_MUTUAL)/) && 'mtls'
    : value;
}

function unusedPortEntries(snapshot: MeshSnapshot) {
  return Analyzer.create(CHECKS)
    .analyze(snapshot)
    .findings.filter(({ code }) => code === UNUSED_PORT)
    .map(({ object, field = '', message }) => ({
      object: nameOf(object),
      port: Number(/\d+/.exec(field)?.[0]),
      hint: Number(/leads to (\d+)/.exec(message)?.[1]),
    }));
}

/** What the reasons say in words. */
function wordIn(reasons: readonly Reason[], word: RegExp): string | undefined {
  return reasons.map(({ text }) => word.exec(text)?.[1]).find(found => found);
}

function missing(port: number): never {
  throw new Error(`The workload has no port ${port}`);
}
