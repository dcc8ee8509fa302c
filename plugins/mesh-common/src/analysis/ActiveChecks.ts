import { KindId, onlyInFiles } from '../kubernetes/kinds';
import { sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotScope } from '../snapshot/SnapshotScope';
import { AnyCheck, Check } from './check';
import { datedCheck } from './datedCheck';
import { scopedCheck } from './scopedCheck';

/**
 * A check that did not run, since an input could not be read.
 *
 * @public
 */
export interface SkippedCheck {
  code: string;
  cluster: string;
  message: string;
}

/** Which checks run on a snapshot, in the form in which they do. */
export interface Active {
  /** By the kind of the objects that they look at. */
  active: ReadonlyMap<KindId, readonly Check[]>;
  skipped: readonly SkippedCheck[];
}

/** What was found last, and of what; the snapshot itself is not kept alive by it. */
interface Found extends Active {
  of: readonly unknown[];
}

/** The checks of an analysis, of which some run on a snapshot. From one snapshot to the next it is rarely others. */
export class ActiveChecks {
  readonly #checks: readonly AnyCheck[];
  readonly #scopes: readonly SnapshotScope[];
  #last: Found | undefined;

  constructor(checks: readonly AnyCheck[]) {
    this.#checks = checks;
    this.#scopes = [...new Set(checks.flatMap(({ scope }) => scope ?? []))];
  }

  of(snapshot: MeshSnapshot, hour: number | undefined): Active {
    const of = [
      snapshot.cluster,
      snapshot.origin,
      snapshot.reading,
      hour,
      ...this.#scopes.map(scope => scope.isWhole(snapshot)),
    ];
    if (!this.#last || !sameItems(this.#last.of, of)) {
      this.#last = { ...this.#find(snapshot, hour), of };
    }
    return this.#last;
  }

  #find(snapshot: MeshSnapshot, hour: number | undefined): Active {
    const active = new Map<KindId, Check[]>();
    const skipped: SkippedCheck[] = [];
    for (const check of this.#checks) {
      const unread = unreadNeed(check, snapshot);
      if (snapshot.origin === 'cluster' && isForFiles(check)) {
        // It has nothing to look at.
      } else if (unread) {
        const { code } = check;
        skipped.push({ code, cluster: snapshot.cluster, message: unread });
      } else {
        const known = active.get(check.subject) ?? [];
        active.set(check.subject, known);
        // Checks of one kind of object are run on objects of that kind alone.
        known.push(scopedCheck(datedCheck(check as Check, hour), snapshot));
      }
    }
    return { active, skipped };
  }
}

/** Whether a check needs what is never read of a cluster, so that nothing is amiss where it does not run there. */
function isForFiles(check: AnyCheck): boolean {
  return check.needs.some(kind => onlyInFiles(kind) !== undefined);
}

function unreadNeed(
  check: AnyCheck,
  snapshot: MeshSnapshot,
): string | undefined {
  const { subject, needs, needsIfServed = [] } = check;
  // A cluster that does not serve the subject has no objects to check.
  const mayBeAbsent: readonly KindId[] = [subject, ...needsIfServed];
  for (const kind of [...mayBeAbsent, ...needs]) {
    const read = snapshot.read(kind);
    if (
      read.state !== 'read' &&
      !(read.state === 'absent' && mayBeAbsent.includes(kind))
    ) {
      return `${kind}: ${read.message}`;
    }
  }
  return undefined;
}
