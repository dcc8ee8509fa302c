import {
  CLUSTER_KIND_IDS,
  KindId,
  KINDS,
  parseObject,
  SnapshotChange,
} from 'backstage-plugin-mesh-common';
import { InputProblem } from '../input/findFiles';
import { Terminal } from '../terminal';
import { ClusterApi } from './ClusterApi';
import { KindList, listKind } from './listKind';
import { OpenedContext, openKubeconfig } from './openKubeconfig';
import { publishedDefinitions } from './publishedDefinitions';
import { servedKinds } from './servedKinds';

/** What a cluster has, of the kinds that rules read. */
export interface ReadCluster {
  /** The context's name. */
  name: string;
  /** The objects, and of what could not be read, why. */
  changes: SnapshotChange[];
  /** CustomResourceDefinitions as the API gives them, with their schemas. */
  definitions: object[];
  problems: InputProblem[];
  notes: InputProblem[];
}

export interface ClusterOptions {
  /** Absent: where kubectl looks. */
  file?: string;
  /** Absent: the current one. */
  context?: string;
}

/** So many kinds at once: the server limits who asks for more. */
const AT_ONCE = 4;

const DEFINITION: KindId = 'apiextensions.k8s.io/CustomResourceDefinition';

/**
 * Reads all kinds of the table of a cluster, Secrets left out. A kind that it does not serve or that the user may not
 * read is said; a cluster that cannot be read at all is a UsageError.
 */
export async function readCluster(
  options: ClusterOptions,
  terminal: Terminal,
): Promise<ReadCluster> {
  const context = await openKubeconfig({ ...options, cwd: terminal.cwd });
  const api = await ClusterApi.create(context);
  try {
    return await readAll(api, context, terminal);
  } finally {
    api.close();
    terminal.progress?.('');
  }
}

async function readAll(
  api: ClusterApi,
  { name, user }: OpenedContext,
  terminal: Terminal,
): Promise<ReadCluster> {
  const served = await servedKinds(api, name);
  const read: ReadCluster = {
    name,
    changes: [],
    definitions: [],
    problems: [],
    notes: [],
  };
  const states = new Map<KindId, KindList<unknown>>();
  const waiting = [...served];
  const worker = async () => {
    for (
      let next = waiting.shift();
      next !== undefined;
      next = waiting.shift()
    ) {
      const [kindId, path] = next;
      terminal.progress?.(`${name}: reading ${kindId}`);
      const list = await listKind(api, {
        kindId,
        path,
        take: item => takeObject(read, kindId, path, item),
      });
      states.set(kindId, list);
      if (list.state === 'read') {
        list.items.flat().forEach(change => read.changes.push(change));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const kindId of CLUSTER_KIND_IDS) {
    const list = states.get(kindId) ?? {
      state: 'absent',
      message: `The cluster does not serve ${kindId}`,
    };
    if (list.state !== 'read') {
      states.set(kindId, list);
      const { state } = list;
      // The server's own words are long, and say no more.
      const message =
        state === 'forbidden' ? `user ${user} may not list it` : list.message;
      read.changes.push({ type: 'read', kindId, read: { state, message } });
    }
  }
  if (states.get(DEFINITION)?.state !== 'read') {
    read.definitions.push(
      ...(await publishedDefinitions(api, served.values())),
    );
  }
  tellUnread(read, states, user);
  return read;
}

function takeObject(
  read: ReadCluster,
  kindId: KindId,
  path: string,
  item: object,
): SnapshotChange[] {
  const { kind } = KINDS[kindId];
  // `/apis/apps/v1/deployments`; the items of a list do not repeat what they are.
  const apiVersion = path.split('/').slice(2, -1).join('/');
  const raw = { ...item, apiVersion, kind };
  if (kindId === DEFINITION) {
    read.definitions.push(raw);
  }
  const result = parseObject(raw);
  switch (result.status) {
    case 'parsed':
      return [{ type: 'put', parsed: result.parsed }];
    case 'malformed':
      return [{ type: 'malformed', malformed: result.malformed }];
    default:
      read.problems.push({
        file: read.name,
        message: `the cluster sent something that is no ${kindId}`,
      });
      return [];
  }
}

/** One line for all that the user may not read, and one for what is not installed. */
function tellUnread(
  { name: file, problems, notes }: ReadCluster,
  states: ReadonlyMap<KindId, KindList<unknown>>,
  user: string,
): void {
  const inState = (state: string) =>
    [...states].filter(([, list]) => list.state === state).map(([id]) => id);
  const forbidden = inState('forbidden');
  if (forbidden.length > 0) {
    problems.push({
      file,
      message: `user ${user} may not list ${forbidden.join(
        ', ',
      )} in all namespaces; what depends on them is unknown`,
    });
  }
  for (const [kindId, list] of states) {
    if (list.state === 'unreachable') {
      problems.push({
        file,
        message: `${kindId} cannot be read: ${list.message}`,
      });
    }
  }
  const absent = inState('absent');
  if (absent.length > 0) {
    notes.push({
      file,
      message: `the cluster does not serve ${absent.join(', ')}`,
    });
  }
}
