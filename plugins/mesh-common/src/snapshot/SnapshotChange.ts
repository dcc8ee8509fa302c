import { KindId } from '../kubernetes/kinds';
import { MalformedObject, ParsedObject } from '../kubernetes/parse';
import { ReadState } from './readState';

/**
 * One change to a snapshot.
 *
 * @public
 */
export type SnapshotChange =
  | { type: 'put'; parsed: ParsedObject }
  | { type: 'malformed'; malformed: MalformedObject }
  | { type: 'delete'; kindId: KindId; namespace?: string; name: string }
  | { type: 'read'; kindId: KindId; read: ReadState };
