import { FindingLevel } from '../contract/findings';
import { KindId, ObjectOf } from '../kubernetes/kinds';
import { KubernetesObject } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotScope } from '../snapshot/SnapshotScope';

/**
 * What a check says about the object that it looked at, or about another one.
 *
 * @public
 */
export interface CheckFinding {
  /** What is wrong here, naming the objects, and what to do. */
  message: string;
  /** Path in the object. */
  field?: string;
  /** Where it is more or less bad here than the check's level says. */
  level?: FindingLevel;
  /** The object that the finding is about; absent: the one that was looked at. */
  about?: { kind: KindId; object: KubernetesObject };
}

/**
 * What is wrong where a check finds something, and how bad that is.
 *
 * @public
 */
export interface CheckDescription {
  /** The rule's upstream code where one exists (`IST0101`, `KIA0202`), else `MESH-…`. Never reused. */
  code: string;
  /** Codes of other analyzers for the same rule. */
  aliases?: readonly string[];
  level: FindingLevel;
  /** A few words. */
  title: string;
  /** What it means and why it matters, in a sentence or two. */
  explanation: string;
  /** Where the rule comes from: an analyzer's name, a function, or a document. */
  upstream: string;
  /** The adapter's id; absent: any mesh. */
  mesh?: string;
}

/**
 * One check of the catalogue: what is wrong, how bad that is, and how it is found. A check looks at one
 * object of its subject's kind at a time and reads whatever else it needs from the snapshot; it runs again
 * when something that it read has changed.
 *
 * @public
 */
export interface Check<K extends KindId = KindId> extends CheckDescription {
  subject: K;
  /** Kinds without whose objects the check says nothing rather than something wrong. */
  needs: readonly KindId[];
  /** Kinds that it needs as well where the cluster serves them; of one that it does not serve there are no objects. */
  needsIfServed?: readonly KindId[];
  /** Who does not see all of a cluster; the check then is of what it sees. */
  scope?: SnapshotScope;
  /** Whether it reads the time: it then runs again every hour. */
  readsClock?: boolean;
  /**
   * One that takes no snapshot looks at the object alone, which is cheaper: nothing else is followed for it. The time is
   * given where somebody has a clock, and to who reads it alone: without it nothing has ended.
   */
  run(
    object: ObjectOf<K>,
    snapshot: MeshSnapshot,
    now?: Date,
  ): Iterable<CheckFinding>;
}

/**
 * A check of some kind, in a list of checks.
 *
 * @public
 */
export type AnyCheck = { [K in KindId]: Check<K> }[KindId];

/**
 * Declares a check; the subject's kind gives the type of the object.
 *
 * @public
 */
export function defineCheck<K extends KindId>(check: Check<K>): Check<K> {
  return check;
}
