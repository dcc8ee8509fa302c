import { Finding, SuppressedFinding } from '../contract/findings';
import { KindId } from '../kubernetes/kinds';
import { MalformedObject } from '../kubernetes/parse';
import { DependencyGraph } from '../snapshot/DependencyGraph';
import { sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { ActiveChecks, SkippedCheck } from './ActiveChecks';
import { AnyCheck } from './check';
import {
  Suppression,
  suppressedByConfiguration,
} from './configuredSuppression';
import { hourOf } from './datedCheck';
import { KindRuns } from './KindRuns';
import { malformedResult, Result } from './results';
import { SortedResults } from './SortedResults';

/**
 * What the checks found, and which of them did not run.
 *
 * @public
 */
export interface Analysis {
  findings: readonly Finding[];
  suppressed: readonly SuppressedFinding[];
  skipped: readonly SkippedCheck[];
}

/** What is known of a cluster. */
interface State {
  graph: DependencyGraph;
  snapshot: MeshSnapshot | undefined;
  /** The time that was taken for now, in full hours; undefined where nobody has a clock. */
  hour: number | undefined;
  results: SortedResults;
  kinds: Map<KindId, KindRuns>;
  malformed: Map<MalformedObject, Result>;
  analysis: Analysis;
  /** What the analysis was made of. */
  list: readonly Result[] | undefined;
}

/** An analysis that has begun. */
interface Running {
  steps: Generator<void, Analysis>;
  /** What came of it, once it has ended. */
  analysis?: Analysis;
}

/**
 * Runs the checks over the snapshots of one cluster. Successive calls cost what changed in between: each check of each
 * object runs again only where something that it read has changed, and the answer is the same object where nothing is
 * found that was not there before.
 *
 * @public
 */
export class Analyzer {
  readonly #checks: ActiveChecks;
  readonly #suppressions: readonly Suppression[];
  readonly #now: (() => Date) | undefined;
  #state: State | undefined;
  #running: Running | undefined;

  /** Without a clock nothing is found that depends on the time, such as certificates that have ended. */
  static create(
    checks: readonly AnyCheck[],
    suppressions: readonly Suppression[] = [],
    now?: () => Date,
  ): Analyzer {
    return new Analyzer(checks, suppressions, now);
  }

  private constructor(
    checks: readonly AnyCheck[],
    suppressions: readonly Suppression[],
    now: (() => Date) | undefined,
  ) {
    this.#checks = new ActiveChecks(checks);
    this.#suppressions = suppressions;
    this.#now = now;
  }

  analyze(snapshot: MeshSnapshot): Analysis {
    const steps = this.steps(snapshot);
    for (;;) {
      const { done, value } = steps.next();
      if (done) {
        return value;
      }
    }
  }

  /** The same in small steps, between which the caller may do something else; an analysis that has begun goes first. */
  *steps(snapshot: MeshSnapshot): Generator<void, Analysis> {
    while (this.#running) {
      this.#advance(this.#running);
      yield;
    }
    const running: Running = { steps: this.#update(snapshot) };
    this.#running = running;
    for (;;) {
      // Whoever asks meanwhile may have brought it to its end.
      if (!running.analysis) {
        this.#advance(running);
      }
      if (running.analysis) {
        return running.analysis;
      }
      yield;
    }
  }

  #advance(running: Running): void {
    try {
      const { done, value } = running.steps.next();
      if (done) {
        running.analysis = value;
        this.#running = undefined;
      }
    } catch (error) {
      // What is half done is of no use.
      this.#state = undefined;
      this.#running = undefined;
      throw error;
    }
  }

  *#update(given: MeshSnapshot): Generator<void, Analysis> {
    const snapshot = given.withReadableParts();
    const state = this.#stateFor(snapshot);
    const before = state.snapshot;
    const hour = this.#now && hourOf(this.#now());
    if (before === snapshot && state.hour === hour) {
      return state.analysis;
    }
    const { active, skipped } = this.#checks.of(snapshot, hour);
    state.graph.moveTo(snapshot);
    updateMalformed(state, snapshot);
    for (const [kindId, known] of state.kinds) {
      if (!active.has(kindId)) {
        known.clear();
        state.kinds.delete(kindId);
      }
    }
    for (const [kindId, checks] of active) {
      const known = state.kinds.get(kindId);
      const same = known && sameItems(known.checks, checks);
      if (known && !same) {
        known.clear();
      }
      const runs = same
        ? known
        : new KindRuns(kindId, checks, state.graph, state.results);
      state.kinds.set(kindId, runs);
      yield* runs.update(same ? before : undefined, snapshot);
    }
    state.graph.sweep();
    state.snapshot = snapshot;
    state.hour = hour;
    state.analysis = analysisOf(state, skipped, this.#suppressions);
    return state.analysis;
  }

  #stateFor(snapshot: MeshSnapshot): State {
    const known = this.#state;
    if (
      known?.snapshot?.cluster === snapshot.cluster &&
      known.snapshot.origin === snapshot.origin
    ) {
      return known;
    }
    this.#state = {
      graph: new DependencyGraph(snapshot),
      snapshot: undefined,
      hour: undefined,
      results: new SortedResults(),
      kinds: new Map(),
      malformed: new Map(),
      analysis: { findings: [], suppressed: [], skipped: [] },
      list: undefined,
    };
    return this.#state;
  }
}

function updateMalformed(
  { malformed, results }: State,
  snapshot: MeshSnapshot,
): void {
  const objects = new Set(snapshot.malformedByKey().values());
  for (const [object, result] of malformed) {
    if (!objects.has(object)) {
      results.remove([result]);
      malformed.delete(object);
    }
  }
  for (const object of objects) {
    if (!malformed.has(object)) {
      const result = malformedResult(snapshot.cluster, object);
      malformed.set(object, result);
      results.add([result]);
    }
  }
}

function analysisOf(
  state: State,
  skipped: readonly SkippedCheck[],
  suppressions: readonly Suppression[],
): Analysis {
  const { list } = state.results;
  const { analysis } = state;
  const known = list === state.list;
  if (known && JSON.stringify(skipped) === JSON.stringify(analysis.skipped)) {
    return analysis;
  }
  state.list = list;
  if (known) {
    const { findings, suppressed } = analysis;
    return { findings, suppressed, skipped };
  }
  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const { finding, reason: written } of list) {
    // What the object itself says is nearer to it than what is configured.
    const reason = written ?? suppressedByConfiguration(finding, suppressions);
    if (reason === undefined) {
      findings.push(finding);
    } else {
      suppressed.push({ finding, reason });
    }
  }
  return { findings, suppressed, skipped };
}
