import fc from 'fast-check';
import { HttpMatch, StringMatch } from '../objects';
import { Alternative, covers, matchesAll } from './coverage';

interface Request {
  path: string;
  method: string;
  headers: Record<string, string>;
  query: Record<string, string>;
}

const segment = fc.constantFrom('a', 'b', 'A');
const path = fc
  .array(segment, { maxLength: 3 })
  .map(parts => `/${parts.join('/')}`);
const value = fc.constantFrom('x', 'xy', 'y', '');

const pathMatch: fc.Arbitrary<StringMatch> = fc.oneof(
  path.map(exact => ({ exact })),
  path.map(prefix => ({ prefix })),
  fc.constantFrom('.*', '/a.*', '/[ab]/.*').map(regex => ({ regex })),
);
const textMatch: fc.Arbitrary<StringMatch> = fc.oneof(
  value.map(exact => ({ exact })),
  fc.constantFrom('x', 'xy').map(prefix => ({ prefix })),
  fc.constantFrom('*', '.*', 'x+').map(regex => ({ regex })),
  fc.constant({}),
);
const named = fc.dictionary(fc.constantFrom('k', 'l'), textMatch, {
  maxKeys: 2,
});
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

const match: fc.Arbitrary<HttpMatch> = fc.record({
  uri: maybe(pathMatch),
  ignoreUriCase: maybe(fc.boolean()),
  method: maybe(fc.constantFrom('GET', 'POST').map(exact => ({ exact }))),
  headers: maybe(named),
  withoutHeaders: maybe(named),
  queryParams: maybe(named),
});

const alternative: fc.Arbitrary<Alternative> = fc.record({
  match,
  bySegments: fc.boolean(),
});

const request: fc.Arbitrary<Request> = fc.record({
  path,
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  headers: fc.dictionary(fc.constantFrom('k', 'l'), value),
  query: fc.dictionary(fc.constantFrom('k', 'l'), value),
});

/** As Envoy evaluates what istiod makes of a match. */
function meets(
  { match: asked, bySegments }: Alternative,
  { path: got, method, headers, query }: Request,
): boolean {
  return (
    pathMeets(asked, bySegments, got) &&
    (!asked.method || text(asked.method, method)) &&
    Object.entries(asked.headers ?? {}).every(([name, one]) =>
      text(one, headers[name]),
    ) &&
    Object.entries(asked.queryParams ?? {}).every(([name, one]) =>
      text(one, query[name]),
    ) &&
    Object.entries(asked.withoutHeaders ?? {}).every(([name, one]) =>
      isPresent(one)
        ? headers[name] === undefined
        : !text(one, headers[name] ?? ''),
    )
  );
}

function pathMeets(
  { uri, ignoreUriCase }: HttpMatch,
  bySegments: boolean,
  got: string,
): boolean {
  const fold = (one: string) => (ignoreUriCase ? one.toLowerCase() : one);
  if (!uri) {
    return true;
  }
  if (uri.exact !== undefined) {
    return fold(uri.exact) === fold(got);
  }
  if (uri.regex !== undefined) {
    return new RegExp(`^(?:${uri.regex})$`, ignoreUriCase ? 'i' : '').test(got);
  }
  const prefix = fold(uri.prefix ?? '/');
  return bySegments && prefix !== '/'
    ? fold(got) === prefix || fold(got).startsWith(`${prefix}/`)
    : fold(got).startsWith(prefix);
}

function isPresent({ exact, prefix, regex }: StringMatch): boolean {
  return exact === undefined && prefix === undefined && (regex ?? '*') === '*';
}

function text(one: StringMatch, got: string | undefined): boolean {
  if (isPresent(one)) {
    return got !== undefined;
  }
  if (got === undefined) {
    return false;
  }
  if (one.exact !== undefined) {
    return got === one.exact;
  }
  return one.prefix !== undefined
    ? got.startsWith(one.prefix)
    : new RegExp(`^(?:${one.regex})$`).test(got);
}

describe('covers', () => {
  it('never says so where a request meets the later one alone', () => {
    fc.assert(
      fc.property(alternative, alternative, request, (earlier, later, one) => {
        expect(
          covers(earlier, later) && meets(later, one) && !meets(earlier, one),
        ).toBe(false);
      }),
      { numRuns: 5_000 },
    );
  });

  it('says so of an alternative and itself', () => {
    fc.assert(
      fc.property(alternative, one => {
        expect(covers(one, one)).toBe(true);
      }),
    );
  });

  it('takes for everything only what every request meets', () => {
    fc.assert(
      fc.property(alternative, request, (one, got) => {
        expect(matchesAll(one) && !meets(one, got)).toBe(false);
      }),
    );
  });

  const of = (one: HttpMatch, bySegments = false): Alternative => ({
    match: one,
    bySegments,
  });

  it.each<[string, Alternative, Alternative, boolean]>([
    [
      'everything and anything',
      of({}),
      of({ uri: { exact: '/a' }, method: { exact: 'GET' } }),
      true,
    ],
    [
      'a prefix and a longer one',
      of({ uri: { prefix: '/a' } }),
      of({ uri: { prefix: '/ab' } }),
      true,
    ],
    [
      'a segment and a longer word',
      of({ uri: { prefix: '/a' } }, true),
      of({ uri: { prefix: '/ab' } }, true),
      false,
    ],
    [
      'a segment and one below',
      of({ uri: { prefix: '/a' } }, true),
      of({ uri: { prefix: '/a/b' } }, true),
      true,
    ],
    [
      'a prefix and an exact path',
      of({ uri: { prefix: '/a' } }),
      of({ uri: { exact: '/a/b' } }),
      true,
    ],
    [
      'any expression and a path',
      of({ uri: { regex: '.*' } }),
      of({ uri: { exact: '/a' } }),
      true,
    ],
    [
      'two expressions',
      of({ uri: { regex: '/a.*' } }),
      of({ uri: { regex: '/ab.*' } }),
      false,
    ],
    [
      'a condition more',
      of({ uri: { prefix: '/a' } }),
      of({ uri: { prefix: '/a' }, headers: { x: { exact: '1' } } }),
      true,
    ],
    [
      'a condition less',
      of({ uri: { prefix: '/a' }, headers: { x: { exact: '1' } } }),
      of({ uri: { prefix: '/a' } }),
      false,
    ],
    [
      'a header that is there, and one with a value',
      of({ headers: { X: {} } }),
      of({ headers: { x: { exact: '1' } } }),
      true,
    ],
    ['labels of clients', of({ sourceLabels: { app: 'a' } }), of({}), false],
    [
      'the same labels of clients',
      of({ sourceLabels: { app: 'a' } }),
      of({ sourceLabels: { app: 'a', v: '1' } }),
      true,
    ],
  ])('of %s', (_, earlier, later, expected) => {
    expect(covers(earlier, later)).toBe(expected);
  });
});
