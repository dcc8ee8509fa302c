import {
  MeshSnapshot,
  parseObject,
  SnapshotChange,
} from 'backstage-plugin-mesh-common';
import { fakeMesh } from '../__testUtils__/fakeMesh';
import { workload } from '../__testUtils__/objects';
import { WorkloadCounts } from './WorkloadCounts';

function snapshotOf(...names: string[]): MeshSnapshot {
  return MeshSnapshot.of(
    'east',
    names.flatMap(name => workload(name)),
  );
}

function put(raw: object): SnapshotChange {
  const result = parseObject(raw);
  if (result.status !== 'parsed') {
    throw new TypeError(result.status);
  }
  return { type: 'put', parsed: result.parsed };
}

describe('WorkloadCounts', () => {
  it('counts workloads, and those that a mesh carries', () => {
    const counts = new WorkloadCounts([fakeMesh]);
    const snapshot = MeshSnapshot.of('east', [
      ...workload('reviews'),
      ...workload('ratings', { mesh: false }),
    ]);
    expect(counts.totals(snapshot)).toEqual({ total: 2, inMesh: 1 });
    expect(new WorkloadCounts([]).totals(snapshotOf('reviews'))).toEqual({
      total: 1,
      inMesh: 0,
    });
  });

  it('counts again what has changed', () => {
    const counts = new WorkloadCounts([fakeMesh]);
    const before = snapshotOf('reviews');
    expect(counts.totals(before).total).toBe(1);
    const { changes } = counts;
    const after = before.apply(workload('ratings').map(put));
    expect(counts.totals(after).total).toBe(2);
    expect(counts.changes).toBeGreaterThan(changes);
    expect(counts.totals(before.apply([])).total).toBe(1);
  });

  it('comes to the same in steps, one for each namespace', () => {
    const snapshot = snapshotOf('reviews', 'ratings');
    const steps = new WorkloadCounts([fakeMesh]).steps(snapshot);
    expect(steps.next()).toEqual({ done: false, value: undefined });
    expect(steps.next()).toEqual({
      done: true,
      value: new WorkloadCounts([fakeMesh]).totals(snapshot),
    });
  });
});
