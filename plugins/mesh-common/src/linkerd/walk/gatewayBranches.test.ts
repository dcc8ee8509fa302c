import { onwardBranches } from './gatewayBranches';

const SHARE = { percent: 40, host: 'cart-east', port: 80, reasons: [] };
const ENTRY = { steps: [], depends: false, mayDiffer: [] };

describe('the way on from a gateway', () => {
  it('has a cause where it is not known', () => {
    expect(onwardBranches(SHARE, { steps: [], branches: [] }, ENTRY)).toEqual([
      expect.objectContaining({
        percent: 40,
        outcome: 'unknown',
        cause: 'not-modelled',
        sends: 'unknown',
      }),
    ]);
  });

  it('ends as it is said to', () => {
    const ending = { outcome: 'unknown', cause: 'forbidden' } as const;
    expect(
      onwardBranches(SHARE, { steps: [], branches: [], ending }, ENTRY),
    ).toEqual([expect.objectContaining(ending)]);
  });
});
