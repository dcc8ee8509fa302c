import { corpus } from '../../corpus';
import { istiodCase, istiodCluster } from '../istiodCase';
import { callsPart, compareCalls } from './calls';
import { compareClusters } from './clusters';

/** What becomes of calls that go out from a proxy, by what istiod gave it. */
export const istiodWalk = corpus({
  name: 'istiod-walk',
  schema: istiodCase.extend(callsPart.shape),
  compare(entry) {
    const snapshot = istiodCluster(entry, 'files');
    const clusters = compareClusters(snapshot, entry);
    const calls = compareCalls(snapshot, entry);
    return {
      expected: { calls: calls.expected, clusters: clusters.expected },
      actual: { calls: calls.actual, clusters: clusters.actual },
    };
  },
});
