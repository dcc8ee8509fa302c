import { Analyzer, CHECKS, MeshSnapshot } from 'backstage-plugin-mesh-common';
import { readFleet, snapshotOf } from '../fleetFiles';
import { Folders } from '../measure';
import { median, timed } from '../numbers';
import { Edit, MeshEdits, podEdit } from './edits';

/** How often the whole is measured, and each kind of change. */
const ROUNDS = 3;
const EDITS = 60;
const ROOT_EDITS = 8;

interface Whole {
  parseMs: number;
  analyzeMs: number;
  analyzer: Analyzer;
  snapshot: MeshSnapshot;
}

/** What analysing a fleet costs: all of it, and again after one change. */
export function measureAnalysis(
  { L, M }: Folders,
  { policyEdit, rootEdit }: MeshEdits,
): Record<string, number> {
  const rounds = Array.from({ length: ROUNDS - 1 }, () => {
    const medium = timesOf(measureWhole(M));
    return { medium, large: timesOf(measureWhole(L)) };
  });
  const medium = timesOf(measureWhole(M));
  const large = measureWhole(L);
  rounds.push({ medium, large: timesOf(large) });
  const parseMs = median(rounds.map(round => round.large.parseMs));
  const again = (edit: Edit, count: number) =>
    measureEdits(large, edit, count) / parseMs;
  return {
    'analyze-full-L': median(
      rounds.map(round => round.large.analyzeMs / round.large.parseMs),
    ),
    'analyze-growth': median(
      rounds.map(round => round.large.analyzeMs / round.medium.analyzeMs),
    ),
    'analyze-one-policy': again(policyEdit, EDITS),
    'analyze-one-pod': again(podEdit, EDITS),
    'analyze-root-policy': again(rootEdit, ROOT_EDITS),
  };
}

function measureWhole(folder: string): Whole {
  // Objects of their own in each round, so that nothing is known of them from the one before.
  const { changes, parseMs } = readFleet(folder);
  const analyzer = Analyzer.create(CHECKS);
  const { ms, value } = timed(() => {
    const snapshot = snapshotOf(changes);
    analyzer.analyze(snapshot);
    return snapshot;
  });
  return { parseMs, analyzeMs: ms, analyzer, snapshot: value };
}

/** Without the fleet itself, so that no round bears the weight of the ones before. */
function timesOf({ parseMs, analyzeMs }: Whole) {
  return { parseMs, analyzeMs };
}

function measureEdits(whole: Whole, edit: Edit, count: number): number {
  return median(
    Array.from({ length: count }, (_, index) => {
      const changes = edit(whole.snapshot, index);
      return timed(() => {
        whole.snapshot = whole.snapshot.apply(changes);
        whole.analyzer.analyze(whole.snapshot);
      }).ms;
    }),
  );
}
