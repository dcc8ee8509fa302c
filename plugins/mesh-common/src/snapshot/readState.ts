import { KIND_IDS, KindId, onlyInFiles } from '../kubernetes/kinds';

/**
 * Why an input could not be read, in the words of the answers that depend on it.
 *
 * @public
 */
export type UnreadCause = 'absent' | 'forbidden' | 'unreachable' | 'stale';

/**
 * Whether the objects of one kind are known.
 *
 * @public
 */
export type ReadState =
  | { state: 'read' }
  | {
      /**
       * absent: the cluster does not serve the kind (its CRD is not installed), or it is read of files alone.
       * forbidden: the portal's account may not list it.
       * unreachable: it has never been read, since the cluster does not answer.
       * stale: it was read once, and the cluster has not answered since.
       */
      state: UnreadCause;
      /** For people: what happened, and where it helps, what to do. */
      message: string;
      /** RFC 3339; when it was last read (stale) or first failed. */
      since?: string;
    };

/**
 * Of which kinds of a cluster the objects could be read.
 *
 * @public
 */
export type ReadStates = ReadonlyMap<KindId, ReadState>;

/**
 * Where the objects come from: on a cluster the written status decides, over files it is predicted.
 *
 * @public
 */
export type SnapshotOrigin = 'cluster' | 'files';

const READ: ReadState = { state: 'read' };

/** One object a kind, since what was read is compared by identity. */
const NOT_MIRRORED: ReadonlyMap<KindId, ReadState> = new Map(
  KIND_IDS.flatMap(kindId => {
    const message = onlyInFiles(kindId);
    return message ? [[kindId, { state: 'absent', message }]] : [];
  }),
);

/** What holds of a kind of which nothing was said. */
export function defaultRead(kindId: KindId, origin: SnapshotOrigin): ReadState {
  return (origin === 'cluster' && NOT_MIRRORED.get(kindId)) || READ;
}
