import { Finding } from '../contract/findings';
import { KindId, onlyInFiles } from '../kubernetes/kinds';
import { KubernetesObject } from '../kubernetes/objects';
import { MalformedObject } from '../kubernetes/parse';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { TrackedCache } from '../snapshot/TrackedCache';
import { AnyCheck, Check, CheckDescription, CheckFinding } from './check';
import { malformedObject } from './checks/MESH-0001';
import { suppressedBy } from './suppression';

/** A check that did not run, since an input could not be read. */
export interface SkippedCheck {
  code: string;
  cluster: string;
  message: string;
}

/** A finding that is not reported, and why. */
export interface SuppressedFinding {
  finding: Finding;
  /** What says so, for people. */
  reason: string;
}

export interface Analysis {
  findings: readonly Finding[];
  suppressed: readonly SuppressedFinding[];
  skipped: readonly SkippedCheck[];
}

/** Where `docs/checks.md` explains a check. */
export const CHECK_DOCS =
  'https://github.com/mesh-for-backstage/mesh-for-backstage/blob/main/docs/checks.md';

/**
 * Runs the checks over the snapshots of one cluster. Successive calls cost what changed in between: each
 * check of each object runs again only when something that it read has changed.
 */
export class Analyzer {
  readonly #checks: readonly AnyCheck[];
  /** The results of one check for all objects of one namespace, which are looked at one by one only where something that any of them read has changed. */
  readonly #groups = new TrackedCache<readonly Result[]>();
  /** The results for each of these objects. */
  readonly #objects = new Map<string, TrackedCache<readonly Result[]>>();

  static create(checks: readonly AnyCheck[]): Analyzer {
    return new Analyzer(checks);
  }

  private constructor(checks: readonly AnyCheck[]) {
    this.#checks = checks;
  }

  analyze(snapshot: MeshSnapshot): Analysis {
    const findings: Finding[] = snapshot
      .malformed()
      .map(malformed => malformedFinding(snapshot.cluster, malformed));
    const suppressed: SuppressedFinding[] = [];
    const skipped: SkippedCheck[] = [];
    const groups = new Set<string>();
    for (const check of this.#checks.filter(
      candidate => snapshot.origin === 'files' || !isForFiles(candidate),
    )) {
      const unread = unreadNeed(check, snapshot);
      if (unread) {
        skipped.push({
          code: check.code,
          cluster: snapshot.cluster,
          message: unread,
        });
      } else {
        for (const { finding, reason } of this.#runCheck(
          check,
          snapshot,
          groups,
        )) {
          if (reason === undefined) {
            findings.push(finding);
          } else {
            suppressed.push({ finding, reason });
          }
        }
      }
    }
    this.#retain(groups);
    return {
      findings: findings.sort(byImportance),
      suppressed: suppressed.sort((a, b) => byImportance(a.finding, b.finding)),
      skipped,
    };
  }

  *#runCheck<K extends KindId>(
    check: Check<K> | AnyCheck,
    snapshot: MeshSnapshot,
    groups: Set<string>,
  ): IterableIterator<Result> {
    // AnyCheck is a union over kinds: of any one of them, subject and run belong together.
    const one = check as Check<K>;
    for (const namespace of snapshot.namespacesOf(one.subject)) {
      const group = keyOf(one, namespace);
      groups.add(group);
      yield* this.#groups.get(snapshot, group, tracked =>
        this.#runGroup(one, tracked, group, namespace),
      );
    }
  }

  #runGroup<K extends KindId>(
    check: Check<K>,
    snapshot: MeshSnapshot,
    group: string,
    namespace: string,
  ): Result[] {
    const cache = this.#objects.get(group) ?? new TrackedCache();
    this.#objects.set(group, cache);
    const bucket = snapshot.bucket(check.subject, namespace);
    cache.retain(new Set(bucket.keys()));
    return [...bucket.keys()].flatMap(name =>
      cache.get(snapshot, name, tracked => {
        // Reading the object itself through the snapshot makes the result depend on it.
        const current = tracked.get(check.subject, namespace, name);
        return current
          ? [...check.run(current, tracked)].map(found =>
              toResult(check, current, snapshot.cluster, found),
            )
          : [];
      }),
    );
  }

  #retain(groups: ReadonlySet<string>): void {
    this.#groups.retain(groups);
    for (const group of this.#objects.keys()) {
      if (!groups.has(group)) {
        this.#objects.delete(group);
      }
    }
  }
}

interface Result {
  finding: Finding;
  /** Why it is not reported; undefined where it is. */
  reason: string | undefined;
}

/** Whether a check needs what is never read of a cluster, so that nothing is amiss where it does not run there. */
function isForFiles(check: AnyCheck): boolean {
  return check.needs.some(kind => onlyInFiles(kind) !== undefined);
}

function unreadNeed(
  check: AnyCheck,
  snapshot: MeshSnapshot,
): string | undefined {
  for (const kind of [check.subject, ...check.needs]) {
    const read = snapshot.read(kind);
    // A cluster that does not serve the subject has no objects to check.
    if (
      read.state !== 'read' &&
      !(read.state === 'absent' && kind === check.subject)
    ) {
      return `${kind}: ${read.message}`;
    }
  }
  return undefined;
}

function keyOf(check: AnyCheck | Check, namespace: string): string {
  return [check.code, check.upstream, check.subject, namespace].join(' ');
}

function malformedFinding(
  cluster: string,
  { kindId, namespace, name, field, message }: MalformedObject,
): Finding {
  return {
    ...describe(malformedObject),
    message: `${kindId} ${
      namespace ? `${namespace}/` : ''
    }${name} cannot be read: ${field}: ${message}`,
    object: { cluster, kind: kindId, ...(namespace && { namespace }), name },
    field,
  };
}

function describe(check: CheckDescription) {
  return {
    code: check.code,
    aliases: [...(check.aliases ?? [])],
    level: check.level,
    title: check.title,
    docs: `${CHECK_DOCS}#${check.code.toLowerCase()}`,
  };
}

function toResult<K extends KindId>(
  check: Check<K>,
  subject: KubernetesObject,
  cluster: string,
  found: CheckFinding,
): Result {
  const { kind, object } = found.about ?? {
    kind: check.subject,
    object: subject,
  };
  const finding: Finding = {
    ...describe(check),
    message: found.message,
    object: {
      cluster,
      kind,
      ...(object.metadata.namespace && {
        namespace: object.metadata.namespace,
      }),
      name: object.metadata.name,
    },
    ...(found.field && { field: found.field }),
  };
  return {
    finding,
    reason: suppressedBy(object, [check.code, ...(check.aliases ?? [])]),
  };
}

const LEVELS = ['error', 'warning', 'info'];

function byImportance(a: Finding, b: Finding): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    a.code.localeCompare(b.code) ||
    textOf(a).localeCompare(textOf(b))
  );
}

function textOf({ object, field, message }: Finding): string {
  return [object.kind, object.namespace, object.name, field, message].join(' ');
}
