import fc from 'fast-check';
import { orderGrpcMatches, orderMatches, RankedMatch } from './matchOrder';

const PLAIN = { method: false, headers: 0, queryParams: 0 };

function match(
  path: string,
  more: Partial<RankedMatch> & { type?: 'exact' | 'prefix' | 'regex' } = {},
): RankedMatch & { id: string } {
  const { type = 'prefix', ...rest } = more;
  return {
    ...PLAIN,
    path: { type, value: path },
    ...rest,
    id: `${type} ${path} ${JSON.stringify(rest)}`,
  };
}

/** Which of the matches the proxy takes for a request of a path that fulfils all other conditions, as it compares them. */
function taken(matches: readonly RankedMatch[], path: string): number {
  const within = (prefix: string) =>
    prefix === '' ||
    path.replace(/\/+$/, '') === prefix ||
    path.startsWith(`${prefix}/`);
  const rank = ({ path: { type, value }, ...rest }: RankedMatch) => {
    const prefix = value.replace(/\/+$/, '');
    const length = {
      exact: value === path ? path.length : -1,
      // Every regular expression of this test matches every path.
      regex: path.length,
      prefix: within(prefix) ? prefix.length || 1 : -1,
    }[type];
    return [length, Number(rest.method), rest.headers, rest.queryParams];
  };
  let best = -1;
  let bestRank: number[] = [0];
  matches.forEach((candidate, index) => {
    const own = rank(candidate);
    const differs = own.findIndex((part, place) => part !== bestRank[place]);
    if (
      own[0] >= 0 &&
      (best < 0 || (differs >= 0 && own[differs] > bestRank[differs]))
    ) {
      best = index;
      bestRank = own;
    }
  });
  return best;
}

describe('orderMatches', () => {
  it.each([
    [
      'an exact path with a slash at its end before the prefix, which has it not',
      [match('/a/', { headers: 1 }), match('/a/', { type: 'exact' })],
      [1, 0],
    ],
    [
      'hosts in any case',
      [
        match('/', { host: 'a.b' }),
        match('/', { host: 'A.b' }),
        match('/', { host: 'A.b', headers: 1 }),
      ],
      [2, 0, 1],
    ],
    [
      'longer prefixes first',
      [match('/'), match('/a'), match('/a/b')],
      [2, 1, 0],
    ],
    [
      'whole paths before prefixes',
      [
        match('/a/b/c'),
        match('/a', { type: 'exact' }),
        match('/.*', { type: 'regex' }),
      ],
      [1, 2, 0],
    ],
    [
      'a method before headers before query parameters',
      [
        match('/a', { queryParams: 3 }),
        match('/a', { headers: 2 }),
        match('/a', { method: true }),
        match('/a', { headers: 3 }),
      ],
      [2, 3, 1, 0],
    ],
    [
      'the first of equal ones',
      [match('/a'), match('/b'), match('/a/')],
      [0, 1, 2],
    ],
    ['the root before slashes alone', [match('//'), match('/')], [1, 0]],
    [
      'hosts before everything',
      [
        match('/a/b'),
        match('/', { host: '*.example.com' }),
        match('/', { host: 'a.example.com' }),
        match('/', { host: '*.a.example.com' }),
      ],
      [2, 3, 1, 0],
    ],
    [
      'a prefix that asks for more before the very same exact path',
      [
        match('/a', { type: 'exact' }),
        match('/a', { headers: 1 }),
        match('/a'),
      ],
      [1, 0, 2],
    ],
  ])('takes %s', (_, matches, order) => {
    expect(orderMatches(matches)).toEqual(order.map(place => matches[place]));
  });

  it('puts first what the proxy takes, whatever the request', () => {
    const segment = fc.constantFrom('a', 'b');
    const path = fc
      .array(segment, { maxLength: 3 })
      .map(parts => `/${parts.join('/')}`);
    const candidate = fc.record({
      path: fc.record({
        type: fc.constantFrom('exact' as const, 'prefix' as const),
        value: path,
      }),
      method: fc.boolean(),
      headers: fc.nat(2),
      queryParams: fc.nat(1),
    });
    fc.assert(
      fc.property(
        fc.array(candidate, { minLength: 1, maxLength: 6 }),
        path,
        (matches, request) => {
          const place = taken(matches, request);
          const first = orderMatches(matches).find(
            one => taken([one], request) === 0,
          );
          expect(first).toBe(place < 0 ? undefined : matches[place]);
        },
      ),
    );
  });
});

describe('orderGrpcMatches', () => {
  it('takes services, then methods, then headers', () => {
    const matches = [
      { headers: 2 },
      { service: 'shop.Cart', headers: 0 },
      { service: 'shop.Cart', method: 'Add', headers: 0 },
      { service: 'shop.Cart', method: 'Add', headers: 1 },
      { method: 'Add', headers: 5 },
    ];
    expect(orderGrpcMatches(matches).map(one => matches.indexOf(one))).toEqual([
      3, 2, 1, 4, 0,
    ]);
  });
});

it('puts a prefix that is the whole path before an expression, where it asks for more', () => {
  const matches = [
    match('/a.*', { type: 'regex' }),
    match('/ab', { headers: 1 }),
  ];
  const ids = (wholePath?: number) =>
    orderMatches(matches, wholePath).map(one => matches.indexOf(one));
  expect(ids()).toEqual([0, 1]);
  expect(ids('/ab'.length)).toEqual([1, 0]);
  expect(ids('/ab/c'.length)).toEqual([0, 1]);
});
