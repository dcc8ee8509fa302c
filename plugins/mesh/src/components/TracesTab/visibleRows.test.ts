import { traceAnswer } from '../../__fixtures__/traces';
import { countMatches, parentOf, visibleRows } from './visibleRows';

const { trace } = traceAnswer;
if (!trace) {
  throw new Error('the fixture has a trace');
}
const view = (overrides: Partial<Parameters<typeof visibleRows>[1]> = {}) =>
  visibleRows(trace, {
    closed: new Set(),
    criticalOnly: false,
    text: '',
    ...overrides,
  });

describe('visibleRows', () => {
  it.each([
    ['all', {}, [0, 1, 2, 3, 4, 5]],
    ['nothing below what is closed', { closed: new Set([3]) }, [0, 1, 2, 3, 5]],
    ['the roots alone', { closed: new Set([0, 3]) }, [0]],
    ['what matches and leads there', { text: ' TIMEOUT' }, []],
    ['what a tag says', { text: 'component=proxy' }, [0, 1, 2, 3, 4]],
    ['what the service is called', { text: 'productpage' }, [0, 1, 2, 3]],
  ])('has %s', (_, overrides, expected) => {
    expect(view(overrides)).toEqual(expected);
  });

  it('has the critical path alone', () => {
    const rows = view({ criticalOnly: true });
    expect(rows.length).toBeGreaterThan(0);
    rows.forEach(index =>
      expect(
        trace.rows
          .slice(index, index + 1 + trace.rows[index].descendants)
          .some(({ critical }) => critical.length > 0),
      ).toBe(true),
    );
  });

  it('knows what leads to a row, and how many match', () => {
    expect([0, 1, 4, 5].map(index => parentOf(trace.rows, index))).toEqual([
      undefined,
      0,
      3,
      2,
    ]);
    expect(countMatches(trace, 'reviews.shop')).toBe(2);
  });
});
