import fc from 'fast-check';
import { KIND_IDS } from '../kubernetes/kinds';
import { parseObject } from '../kubernetes/parse';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotChange } from '../snapshot/SnapshotChange';

/** A raw pod of a test. */
export function pod(
  namespace: string,
  name: string,
  labels: Record<string, string> = {},
): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [{ name: 'app' }] },
  };
}

/** A raw Service of a test. */
export function service(
  namespace: string,
  name: string,
  selector: Record<string, string> = {},
): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector, ports: [{ port: 80 }] },
  };
}

function change(raw: object): SnapshotChange {
  const result = parseObject(raw);
  if (result.status === 'parsed') {
    return { type: 'put', parsed: result.parsed };
  }
  if (result.status === 'malformed') {
    return { type: 'malformed', malformed: result.malformed };
  }
  throw new TypeError(result.status);
}

const namespace = fc.constantFrom('a', 'b', 'c');
const name = fc.constantFrom('x', 'y', 'z');
const labels = fc.dictionary(
  fc.constantFrom('app', 'tier'),
  fc.constantFrom('1', '2'),
);
const kindId = fc.constantFrom('Pod' as const, 'Service' as const);

/** Changes to pods and Services of three namespaces, some of them to objects that are malformed. */
export const snapshotChanges: fc.Arbitrary<SnapshotChange[]> = fc.array(
  fc.oneof(
    fc.tuple(namespace, name, labels).map(args => change(pod(...args))),
    fc.tuple(namespace, name, labels).map(args => change(service(...args))),
    fc
      .tuple(namespace, name)
      .map(([ns, n]) => change({ ...service(ns, n), spec: { ports: 'many' } })),
    fc.record({
      type: fc.constant('delete' as const),
      kindId,
      namespace,
      name,
    }),
    fc.record({
      type: fc.constant('read' as const),
      kindId,
      read: fc.constantFrom(
        { state: 'read' as const },
        { state: 'forbidden' as const, message: 'forbidden' },
      ),
    }),
  ),
  { maxLength: 6 },
);

/** Everything that a snapshot tells, in a form that compares. */
export function stateOf(snapshot: MeshSnapshot): unknown {
  return {
    objects: KIND_IDS.flatMap(id =>
      snapshot
        .namespacesOf(id)
        .sort()
        .flatMap(ns =>
          [...snapshot.list(id, ns)].sort((a, b) =>
            a.metadata.name.localeCompare(b.metadata.name),
          ),
        ),
    ),
    reads: KIND_IDS.map(id => snapshot.read(id)),
    malformed: snapshot
      .malformed()
      .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
  };
}
