import { KindId, ObjectOf } from '../kubernetes/kinds';
import { addTo } from '../snapshot/addTo';
import { changesBetween } from '../snapshot/changesBetween';
import { Bucket, MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  DependencyGraph,
  DependencySet,
  Dependent,
} from '../snapshot/DependencyGraph';
import { EMPTY_BUCKET } from '../snapshot/SnapshotDraft';
import { Check } from './check';
import { Result, sameResult, toResult } from './results';
import { SortedResults } from './SortedResults';

/** The checks of one object. Tens of thousands of these are kept: what many have in common is in their profile. */
interface Run {
  readonly namespace: string;
  readonly name: string;
  profile: Profile | undefined;
}

/** What the checks of some objects read, check by check: most pods of a namespace are alike in that. */
class Profile implements Dependent {
  readonly key: string;
  readonly sets: readonly DependencySet[];
  readonly runs = new Set<Run>();
  readonly #onSuspect: (profile: Profile, set: DependencySet) => void;

  constructor(
    key: string,
    sets: readonly DependencySet[],
    onSuspect: (profile: Profile, set: DependencySet) => void,
  ) {
    this.key = key;
    this.sets = sets;
    this.#onSuspect = onSuspect;
  }

  suspect(set: DependencySet): void {
    this.#onSuspect(this, set);
  }
}

const NO_RESULTS: readonly Result[] = [];

/** The results of the checks of the objects of one kind, each of which is run again where something that it read has changed. */
export class KindRuns<K extends KindId = KindId> {
  readonly checks: readonly Check<K>[];
  readonly #subject: K;
  readonly #graph: DependencyGraph;
  readonly #results: SortedResults;
  readonly #runs = new Map<string, Map<string, Run>>();
  readonly #profiles = new Map<string, Profile>();
  /** The sets of each profile that may have changed. */
  readonly #suspects = new Map<Profile, DependencySet[]>();
  /** By the place of the check; only for objects of which something was found. */
  readonly #found = new Map<Run, (readonly Result[])[]>();

  constructor(
    subject: K,
    checks: readonly Check<K>[],
    graph: DependencyGraph,
    results: SortedResults,
  ) {
    this.#subject = subject;
    this.checks = checks;
    this.#graph = graph;
    this.#results = results;
  }

  /** Runs what the step from one snapshot to the next concerns. After each object others may have their turn. */
  *update(
    before: MeshSnapshot | undefined,
    after: MeshSnapshot,
  ): IterableIterator<void> {
    const old = before?.buckets(this.#subject);
    const current = after.buckets(this.#subject);
    if (old !== current) {
      for (const namespace of keysToTry(old, current, this.#runs.keys())) {
        yield* this.#updateNamespace(
          namespace,
          old?.get(namespace),
          current.get(namespace) ?? (EMPTY_BUCKET as Bucket<K>),
        );
      }
    }
    yield* this.#runSuspects(current);
  }

  /** Forgets everything. */
  clear(): void {
    for (const [namespace, runs] of this.#runs) {
      for (const name of [...runs.keys()]) {
        this.#forget(namespace, name);
      }
    }
  }

  *#updateNamespace(
    namespace: string,
    before: Bucket<K> | undefined,
    after: Bucket<K>,
  ): IterableIterator<void> {
    if (before === after) {
      return;
    }
    const known = this.#runs.get(namespace)?.keys() ?? [];
    for (const name of keysToTry(before, after, known)) {
      const object = after.get(name);
      if (!object) {
        this.#forget(namespace, name);
      } else if (before?.get(name) !== object) {
        this.#run(this.#runOf(namespace, name), object, this.checks.keys());
        yield;
      }
    }
  }

  *#runSuspects(
    objects: ReadonlyMap<string, Bucket<K>>,
  ): IterableIterator<void> {
    for (const [profile, suspects] of this.#suspects) {
      const sets = suspects.filter(set => this.#graph.hasChanged(set));
      if (sets.length > 0) {
        const changed = profile.sets.flatMap((set, place) =>
          sets.includes(set) ? [place] : [],
        );
        for (const run of [...profile.runs]) {
          const object = objects.get(run.namespace)?.get(run.name);
          if (object) {
            this.#run(run, object, changed);
            yield;
          }
        }
      }
    }
    this.#suspects.clear();
  }

  #runOf(namespace: string, name: string): Run {
    const runs = this.#runs.get(namespace) ?? new Map<string, Run>();
    this.#runs.set(namespace, runs);
    const known = runs.get(name) ?? { namespace, name, profile: undefined };
    runs.set(name, known);
    return known;
  }

  /** Runs the checks at these places. */
  #run(run: Run, object: ObjectOf<K>, places: Iterable<number>): void {
    const sets = [...(run.profile?.sets ?? [])];
    for (const place of places) {
      const check = this.checks[place];
      const { value, from } =
        check.run.length === 1
          ? {
              value: look(check, object, this.#graph.snapshot),
              from: this.#graph.nothing,
            }
          : this.#graph.track(snapshot => look(check, object, snapshot));
      sets[place] = from;
      this.#keep(run, place, value);
    }
    this.#setProfile(run, sets);
  }

  #keep(run: Run, place: number, found: readonly Result[]): void {
    const known = this.#found.get(run);
    const before = known?.[place] ?? NO_RESULTS;
    if (
      before.length === found.length &&
      before.every((result, index) => sameResult(result, found[index]))
    ) {
      return;
    }
    this.#results.remove(before);
    this.#results.add(found);
    const results = known ?? this.checks.map(() => NO_RESULTS);
    results[place] = found;
    if (results.some(({ length }) => length > 0)) {
      this.#found.set(run, results);
    } else {
      this.#found.delete(run);
    }
  }

  #setProfile(run: Run, sets: readonly DependencySet[]): void {
    const key = sets.map(set => set.id).join(' ');
    if (run.profile?.key === key) {
      return;
    }
    const old = run.profile;
    run.profile = this.#profile(key, sets);
    run.profile.runs.add(run);
    this.#leave(run, old);
  }

  #profile(key: string, sets: readonly DependencySet[]): Profile {
    const known = this.#profiles.get(key);
    if (known) {
      return known;
    }
    const made = new Profile(key, sets, (profile, set) =>
      addTo(this.#suspects, profile, set),
    );
    this.#profiles.set(key, made);
    sets.forEach(set => this.#graph.hold(set, made));
    return made;
  }

  #leave(run: Run, profile: Profile | undefined): void {
    if (profile?.runs.delete(run) && profile.runs.size === 0) {
      this.#profiles.delete(profile.key);
      this.#suspects.delete(profile);
      profile.sets.forEach(set => this.#graph.release(set, profile));
    }
  }

  #forget(namespace: string, name: string): void {
    const runs = this.#runs.get(namespace);
    const run = runs?.get(name);
    if (!runs || !run) {
      return;
    }
    this.#leave(run, run.profile);
    this.#found.get(run)?.forEach(results => this.#results.remove(results));
    this.#found.delete(run);
    runs.delete(name);
    if (runs.size === 0) {
      this.#runs.delete(namespace);
    }
  }
}

function look<K extends KindId>(
  check: Check<K>,
  object: ObjectOf<K>,
  snapshot: MeshSnapshot,
): readonly Result[] {
  let found: Result[] | undefined;
  for (const finding of check.run(object, snapshot)) {
    found ??= [];
    found.push(toResult(check, object, snapshot.cluster, finding));
  }
  return found ?? NO_RESULTS;
}

/** The keys whose values changed, or where that is not known, all there are and were. */
function keysToTry(
  before: ReadonlyMap<string, unknown> | undefined,
  after: ReadonlyMap<string, unknown>,
  known: Iterable<string>,
): Iterable<string> {
  const changes = before && changesBetween(before, after);
  return changes?.keys ?? new Set([...known, ...after.keys()]);
}
