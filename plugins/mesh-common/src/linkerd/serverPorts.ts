import { namespaceOf } from '../kubernetes/objects';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Server } from './objects';
import { probePaths } from './probes';
import { podsOfServer, serverOfPort, serverPorts } from './servers';

/** What a Server selects, of all its pods: each once, in the order of the ports. */
export interface ServerPorts {
  /** The ports that belong to it. */
  own: readonly number[];
  /** The paths that the kubelet asks for on ports that belong to it. */
  probes: readonly { port: number; path: string }[];
  /** The ports that belong to a Server that comes before it. */
  shadowed: readonly { port: number; owner: Server }[];
}

const NONE: ServerPorts = { own: [], probes: [], shadowed: [] };

const askPorts = defineQuestion<ServerPorts>(
  (snapshot, key) => {
    const [namespace, name] = key.split('/');
    const server = snapshot.get('policy.linkerd.io/Server', namespace, name);
    return server ? findPorts(snapshot, server) : NONE;
  },
  (a, b) => sameItems(itemsOf(a), itemsOf(b)),
);

/** The ports that a Server selects. Who asks depends on them, and not on the pods that have them. */
export function portsOfServer(
  snapshot: MeshSnapshot,
  server: Server,
): ServerPorts {
  return askPorts(snapshot, `${namespaceOf(server)}/${server.metadata.name}`);
}

function findPorts(snapshot: MeshSnapshot, server: Server): ServerPorts {
  const paths = new Map<number, Set<string>>();
  const owners = new Map<number, Set<Server>>();
  for (const pod of podsOfServer(snapshot, server)) {
    for (const port of serverPorts(server, pod)) {
      const owner = serverOfPort(snapshot, pod, port).server;
      if (owner === server) {
        const known = paths.get(port) ?? new Set<string>();
        probePaths(pod)
          .get(port)
          ?.forEach(path => {
            // The controller's word for what it did not understand.
            if (path !== '') {
              known.add(path);
            }
          });
        paths.set(port, known);
      } else if (owner) {
        owners.set(port, (owners.get(port) ?? new Set()).add(owner));
      }
    }
  }
  return {
    own: byPort(paths).map(([port]) => port),
    probes: byPort(paths).flatMap(([port, found]) =>
      [...found].sort().map(path => ({ port, path })),
    ),
    shadowed: byPort(owners).flatMap(([port, found]) =>
      [...found].map(owner => ({ port, owner })),
    ),
  };
}

function byPort<V>(values: ReadonlyMap<number, V>): [number, V][] {
  return [...values].sort(([a], [b]) => a - b);
}

/** All that it says, so that two of them are told apart. */
function itemsOf({ own, probes, shadowed }: ServerPorts): unknown[] {
  return [
    own.length,
    ...own,
    probes.length,
    ...probes.flatMap(({ port, path }) => [port, path]),
    ...shadowed.flatMap(({ port, owner }) => [port, owner]),
  ];
}
