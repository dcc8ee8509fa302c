import { Analyzer, CHECKS } from 'backstage-plugin-mesh-common';
import { readFleet, snapshotOf } from '../fleetFiles';
import { Folders } from '../measure';

/** One step of an analysis in so many is looked at. */
const STEPS = 500;

/** The largest heap while the objects of L are read and analysed; nothing is collected for it that would not be anyway. */
export function measureMemory({ L }: Folders): Record<string, number> {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  };
  const { changes } = readFleet(L, look);
  const snapshot = snapshotOf(changes);
  changes.length = 0;
  look();
  let step = 0;
  for (const _ of Analyzer.create(CHECKS).steps(snapshot)) {
    step += 1;
    if (step % STEPS === 0) {
      look();
    }
  }
  look();
  return { 'memory-L': peak / 1e6 };
}
