import fc from 'fast-check';
import { parsePortList } from './ports';

describe('parsePortList', () => {
  it.each([
    ['8080', [8080], [8081, 1]],
    [' 25, 8000-8010 ,', [25, 8000, 8005, 8010], [7999, 8011]],
    ['1-65535', [1, 65535], [0]],
    ['', [], [80]],
  ])('reads %j', (text, inside, outside) => {
    const list = parsePortList(text);
    expect(list.invalid).toBeUndefined();
    expect(inside.filter(port => !list.ports.has(port))).toEqual([]);
    expect(outside.filter(port => list.ports.has(port))).toEqual([]);
  });

  it.each([
    ['3306,mysql', 'mysql'],
    ['0', '0'],
    ['65536', '65536'],
    ['90-80', '90-80'],
    ['80-', '80-'],
    ['8080, 80 81', '80 81'],
  ])('voids the whole of %j', (text, invalid) => {
    const list = parsePortList(text);
    expect(list.invalid).toBe(invalid);
    expect(list.ports.has(3306)).toBe(false);
    expect(list.ports.has(8080)).toBe(false);
  });

  it('has exactly the ports of its ranges', () => {
    const port = fc.integer({ min: 1, max: 65535 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(port, port), { maxLength: 5 }),
        port,
        (pairs, asked) => {
          const ranges = pairs.map(([a, b]) => [
            Math.min(a, b),
            Math.max(a, b),
          ]);
          const { ports } = parsePortList(
            ranges
              .map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
              .join(','),
          );
          expect(ports.has(asked)).toBe(
            ranges.some(([from, to]) => from <= asked && asked <= to),
          );
        },
      ),
    );
  });
});
