import {
  Analyzer,
  CHECKS,
  MESHES,
  MeshSnapshot,
  Reason,
  workloadMtls,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Answerer } from './case';
import { decidersOf, nameOf } from './words';
import { workloadNamed } from './workload';

const askSchema = z.object({
  workload: z.string(),
  port: z.number(),
  client: z.string().optional(),
});

/** A PeerAuthentication for a port that no workload has, in the words of its message. */
const UNUSED_PORT = 'MESH-I0102';

/** What a port takes, and what a client sends to it. */
export const mtls: Answerer = (snapshot, asked) => {
  const { workload, port, client } = askSchema.parse(asked);
  const caller = client ? workloadNamed(snapshot, client) : undefined;
  const answer = workloadMtls(
    snapshot,
    workloadNamed(snapshot, workload),
    MESHES,
    caller ? [{ sources: ['declared'], workload: caller }] : [],
  );
  const { accepts } =
    answer.ports.find(one => one.port === port) ?? missing(port);
  const sends = answer.clients
    .find(({ workload: ref }) => ref && ref.name === caller?.ref.name)
    ?.ports.find(one => one.port === port)?.sends;
  return {
    accepts: accepts.term,
    sends: sends?.value,
    declared: wordIn(accepts.reasons, /sets ([A-Z]+)/),
    transport: wordIn(sends?.reasons ?? [], /(HBONE)/),
    decider: decidersOf(accepts.reasons),
    unusedPortEntries: unusedPortEntries(snapshot),
  };
};

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
