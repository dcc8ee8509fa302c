import { sumByUnit, trafficShares } from './traffic';

const requests = {
  unit: 'requests',
  mtls: 3,
  plaintext: 1,
  unknown: 0,
} as const;

describe('trafficShares', () => {
  it('has shares of what there was', () => {
    expect(trafficShares(requests)).toEqual({
      total: 4,
      mtls: 75,
      plaintext: 25,
      unknown: 0,
    });
  });

  it('has no shares of nothing', () => {
    expect(trafficShares({ ...requests, mtls: 0, plaintext: 0 })).toEqual({
      total: 0,
      mtls: undefined,
      plaintext: undefined,
      unknown: undefined,
    });
  });
});

it('does not add connections to requests', () => {
  expect(
    sumByUnit([requests, { ...requests, unit: 'connections' }, requests]),
  ).toEqual([
    { unit: 'requests', mtls: 6, plaintext: 2, unknown: 0 },
    { unit: 'connections', mtls: 3, plaintext: 1, unknown: 0 },
  ]);
});
