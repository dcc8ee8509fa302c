import { ObservedTraffic } from '../contract/mtls';
import { sumTraffic } from './observedMtls';

function traffic(
  unit: ObservedTraffic['unit'],
  mtls: number,
  plaintext = 0,
): ObservedTraffic {
  return { unit, mtls, plaintext, unknown: 0 };
}

describe('sumTraffic', () => {
  it.each([
    ['nothing', [], undefined],
    [
      'parts of one unit',
      [traffic('requests', 2, 1), traffic('requests', 3)],
      traffic('requests', 5, 1),
    ],
    [
      'connections',
      [traffic('connections', 2), traffic('connections', 1)],
      traffic('connections', 3),
    ],
    [
      'requests beside connections, which it leaves out',
      [traffic('connections', 7, 7), traffic('requests', 3, 1)],
      traffic('requests', 3, 1),
    ],
  ])('sums %s', (_, parts, sum) => {
    expect(sumTraffic(parts)).toEqual(sum);
  });
});
