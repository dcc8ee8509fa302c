import { parseAllDocuments } from 'yaml';
import { KindId } from '../kubernetes/kinds';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotOrigin } from '../snapshot/readState';
import { SnapshotChange } from '../snapshot/SnapshotChange';

/** The objects of a YAML stream. */
export function objectsOf(yaml: string): unknown[] {
  return parseAllDocuments(yaml)
    .map(parsed => {
      const [error] = parsed.errors;
      if (error) {
        throw error;
      }
      return parsed.toJS();
    })
    .filter(object => object !== null);
}

/** A cluster of these objects. */
export function clusterOf(
  yaml: string,
  options: {
    origin?: SnapshotOrigin;
    /** Kinds that could not be read. */
    forbidden?: readonly KindId[];
    name?: string;
  } = {},
): MeshSnapshot {
  const forbidden = (options.forbidden ?? []).map(
    (kindId): SnapshotChange => ({
      type: 'read',
      kindId,
      read: { state: 'forbidden', message: `${kindId} is forbidden` },
    }),
  );
  const { name = 'test', origin } = options;
  return MeshSnapshot.of(name, objectsOf(yaml), origin).apply(forbidden);
}
