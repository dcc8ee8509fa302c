import fc from 'fast-check';
import {
  isSubsetOf,
  mostSpecific,
  overlaps,
  parseServiceHost,
  resolveHost,
  serviceHost,
} from './hosts';

const label = fc.constantFrom('a', 'b', 'com', 'x-a');
const host = fc
  .tuple(
    fc.constantFrom('', '*.', '*'),
    fc.array(label, { minLength: 1, maxLength: 3 }),
  )
  .map(([wild, labels]) => `${wild}${labels.join('.')}`);
const plain = fc
  .array(label, { minLength: 1, maxLength: 4 })
  .map(l => l.join('.'));

describe('hosts', () => {
  it.each([
    ['a.com', 'a.com', true],
    ['a.com', 'b.com', false],
    ['a.com', '*.com', true],
    ['com', '*.com', false],
    ['*.a.com', '*.com', true],
    ['*.com', '*.a.com', false],
    ['*.com', 'a.com', false],
    ['a.com', '*', true],
  ])('%s is part of %s: %s', (a, b, expected) => {
    expect(isSubsetOf(a, b)).toBe(expected);
  });

  it('has parts of parts as parts, and every host as part of itself', () => {
    fc.assert(
      fc.property(host, host, host, (a, b, c) => {
        expect(isSubsetOf(a, a)).toBe(true);
        expect(isSubsetOf(a, b) && isSubsetOf(b, c) && !isSubsetOf(a, c)).toBe(
          false,
        );
        expect(overlaps(a, b)).toBe(overlaps(b, a));
      }),
    );
  });

  it('takes a part for just the names that the whole stands for', () => {
    fc.assert(
      fc.property(host, host, plain, (a, b, name) => {
        expect(
          isSubsetOf(a, b) && isSubsetOf(name, a) && !isSubsetOf(name, b),
        ).toBe(false);
      }),
    );
  });

  it.each([
    ['reviews', 'reviews.shop.svc.cluster.local'],
    ['reviews.shop', 'reviews.shop'],
    ['*', '*'],
    ['::1', '::1'],
    ['', ''],
  ])('resolves %p to %p', (written, full) => {
    expect(resolveHost(written, 'shop', 'cluster.local')).toBe(full);
  });

  it('reads the names of Services back', () => {
    expect(
      parseServiceHost(
        serviceHost({ name: 'a', namespace: 'b' }, 'x.y'),
        'x.y',
      ),
    ).toEqual({ name: 'a', namespace: 'b' });
    expect(parseServiceHost('a.b.svc.cluster.local', 'x.y')).toBeUndefined();
    expect(parseServiceHost('a.b.c.svc.x.y', 'x.y')).toBeUndefined();
    expect(parseServiceHost('a.com', 'x.y')).toBeUndefined();
  });

  it('finds the most specific entry that covers a host', () => {
    fc.assert(
      fc.property(
        plain,
        fc.uniqueArray(host, { maxLength: 6 }),
        (name, hosts) => {
          const found = mostSpecific(name, new Map(hosts.map(h => [h, h])));
          const covering = hosts.filter(h => isSubsetOf(name, h));
          expect(found === undefined).toBe(covering.length === 0);
          expect(covering.includes(name) && found?.host !== name).toBe(false);
          expect(
            covering.every(
              h =>
                h.length <= (found?.host.length ?? 0) || found?.host === name,
            ),
          ).toBe(true);
        },
      ),
    );
  });
});
