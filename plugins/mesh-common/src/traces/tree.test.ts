import fc from 'fast-check';
import { testSpan } from '../__testUtils__/spans';
import { criticalPath } from './criticalPath';
import { SpanProcess, StoredSpan } from './model';
import { buildSpanTree, depthFirst, SpanNode } from './tree';

const OTHER: SpanProcess = { service: 'other', attributes: {} };

function shape(spans: StoredSpan[]): string[] {
  return [...depthFirst(buildSpanTree(spans))].map(
    ({ node, level }) =>
      `${'  '.repeat(level)}${node.span.name}${node.isOrphan ? '?' : ''}`,
  );
}

describe('buildSpanTree', () => {
  it('puts children below their parents, by time', () => {
    expect(
      shape([
        testSpan('c', { parentId: 'a', startUs: 5 }),
        testSpan('b', { parentId: 'a', startUs: 2 }),
        testSpan('d', { parentId: 'b', startUs: 3 }),
        testSpan('a'),
      ]),
    ).toEqual(['a', '  b', '    d', '  c']);
  });

  it('marks spans whose parent is missing, and keeps several roots', () => {
    expect(
      shape([
        testSpan('a', { startUs: 9 }),
        testSpan('b', { parentId: 'gone', startUs: 1 }),
        testSpan('c', { startUs: 5 }),
      ]),
    ).toEqual(['b?', 'c', 'a']);
  });

  it('cuts circles at their first span', () => {
    expect(
      shape([
        testSpan('a', { parentId: 'c', startUs: 2 }),
        testSpan('b', { parentId: 'a', startUs: 1 }),
        testSpan('c', { parentId: 'b', startUs: 3 }),
        testSpan('d', { parentId: 'd', startUs: 4 }),
      ]),
    ).toEqual(['b?', '  c', '    a', 'd?']);
  });

  it('tells a client and a server of one id apart', () => {
    expect(
      shape([
        testSpan('a', { name: 'server', kind: 'server', process: OTHER }),
        testSpan('a', { name: 'client', kind: 'client' }),
        testSpan('b', { parentId: 'a', process: OTHER, name: 'work' }),
      ]),
    ).toEqual(['client', '  server', '    work']);
  });

  it.each<[string, Partial<StoredSpan>, number]>([
    ['within its parent', { startUs: 20, durationUs: 50 }, 0],
    ['before its parent', { startUs: -10, durationUs: 50 }, 35],
    ['beyond the end of its parent', { startUs: 80, durationUs: 50 }, -55],
    ['longer than its parent, later', { startUs: 20, durationUs: 500 }, 0],
    ['longer than its parent, earlier', { startUs: -7, durationUs: 500 }, 7],
    [
      'beyond its parent by the same clock',
      { startUs: 80, process: testSpan('x').process },
      0,
    ],
    ['taken up from a queue', { startUs: 180, kind: 'consumer' }, 0],
  ])('sees the clock of a span %s', (_, child, expected) => {
    const [root] = buildSpanTree([
      testSpan('a', { kind: 'client' }),
      testSpan('b', {
        parentId: 'a',
        process: OTHER,
        kind: 'server',
        ...child,
      }),
    ]);
    expect(root.children[0].skewUs).toBe(expected);
  });
});

describe('criticalPath', () => {
  function path(spans: StoredSpan[]): string[] {
    const [root] = buildSpanTree(spans);
    return criticalPath(root).map(
      ({ node, startUs, endUs }) => `${node.span.id} ${startUs}-${endUs}`,
    );
  }

  it.each<[string, StoredSpan[], string[]]>([
    ['a span alone', [testSpan('a')], ['a 0-100']],
    [
      'one child after the other',
      [
        testSpan('a'),
        testSpan('b', { parentId: 'a', startUs: 10, durationUs: 20 }),
        testSpan('c', { parentId: 'a', startUs: 40, durationUs: 50 }),
      ],
      ['a 0-10', 'b 10-30', 'a 30-40', 'c 40-90', 'a 90-100'],
    ],
    [
      'children at the same time: the one that ends last',
      [
        testSpan('a'),
        testSpan('b', { parentId: 'a', startUs: 10, durationUs: 30 }),
        testSpan('c', { parentId: 'a', startUs: 20, durationUs: 60 }),
      ],
      ['a 0-20', 'c 20-80', 'a 80-100'],
    ],
    [
      'a child beyond its parent',
      [
        testSpan('a'),
        testSpan('b', { parentId: 'a', startUs: 50, durationUs: 200 }),
      ],
      ['a 0-50', 'b 50-100'],
    ],
    [
      'a child that began when its parent was done',
      [testSpan('a'), testSpan('b', { parentId: 'a', startUs: 150 })],
      ['a 0-100'],
    ],
  ])('of %s', (_, spans, expected) => {
    expect(path(spans)).toEqual(expected);
  });
});

/** Any spans at all: ids that collide, parents that are missing or lead in circles. */
const anySpans = fc.array(
  fc.record({
    id: fc.integer({ min: 0, max: 30 }),
    parent: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
    startUs: fc.integer({ min: 0, max: 1000 }),
    durationUs: fc.integer({ min: 0, max: 500 }),
    kind: fc.constantFrom('client' as const, 'server' as const),
    elsewhere: fc.boolean(),
  }),
  { maxLength: 40 },
);

function spansOf(
  drawn: typeof anySpans extends fc.Arbitrary<infer T> ? T : never,
) {
  return drawn.map(({ id, parent, elsewhere, ...times }) =>
    testSpan(String(id), {
      ...times,
      ...(parent !== undefined && { parentId: String(parent) }),
      ...(elsewhere && { process: OTHER }),
    }),
  );
}

/** The tree as its definition reads, with a search through all spans for each: what it takes grows with their square. */
function treeByDefinition(
  spans: readonly StoredSpan[],
): Map<StoredSpan, StoredSpan | undefined> {
  const byTime = [...spans].sort(
    (a, b) =>
      a.startUs - b.startUs ||
      b.durationUs - a.durationUs ||
      a.id.localeCompare(b.id),
  );
  const parents = new Map(
    spans.map(span => {
      const sameId = spans.filter(
        other => other !== span && other.id === span.id,
      );
      const above = spans.filter(
        other => other.id === span.parentId && span.parentId !== span.id,
      );
      const parent =
        (span.kind === 'server' &&
          sameId.find(({ kind }) => kind === 'client')) ||
        above.find(({ process }) => process === span.process) ||
        above.find(({ kind }) => kind === 'server') ||
        above.at(0);
      return [span, parent];
    }),
  );
  const leadsToRoot = (span: StoredSpan) => {
    const passed = new Set<StoredSpan>();
    let at: StoredSpan | undefined = span;
    for (; at && !passed.has(at); at = parents.get(at)) {
      passed.add(at);
    }
    return at === undefined;
  };
  for (const span of byTime) {
    if (!leadsToRoot(span)) {
      parents.set(span, undefined);
    }
  }
  return parents;
}

function parentsIn(
  roots: readonly SpanNode[],
): Map<StoredSpan, StoredSpan | undefined> {
  return new Map([
    ...roots.map(({ span }): [StoredSpan, undefined] => [span, undefined]),
    ...[...depthFirst(roots)].flatMap(({ node: { span, children } }) =>
      children.map((child): [StoredSpan, StoredSpan] => [child.span, span]),
    ),
  ]);
}

function isByTime(nodes: readonly SpanNode[]): boolean {
  return nodes.every(
    ({ span }, index) =>
      index === 0 || nodes[index - 1].span.startUs <= span.startUs,
  );
}

describe('any trace', () => {
  it('is the tree that its definition gives, by time', () => {
    fc.assert(
      fc.property(anySpans, drawn => {
        const spans = spansOf(drawn);
        const roots = buildSpanTree(spans);
        expect(parentsIn(roots)).toEqual(treeByDefinition(spans));
        for (const { node } of depthFirst(roots)) {
          expect(isByTime(node.children)).toBe(true);
        }
        expect(isByTime(roots)).toBe(true);
      }),
    );
  });

  it.each<[string, (index: number) => Partial<StoredSpan>]>([
    [
      'in many circles',
      index => ({ parentId: String(index % 2 ? index - 1 : index + 1) }),
    ],
    ['without parents', index => ({ parentId: `gone${index}` })],
    ['of one id', () => ({ id: '0', kind: 'server' })],
    ['below one span', index => (index > 0 ? { parentId: '0' } : {})],
  ])('may have very many spans %s', (_, place) => {
    const spans = Array.from({ length: 30_000 }, (_unused, index) =>
      testSpan(String(index), { startUs: index, ...place(index) }),
    );
    expect([...depthFirst(buildSpanTree(spans))]).toHaveLength(30_000);
  });

  it('has each span in its tree once', () => {
    fc.assert(
      fc.property(anySpans, drawn => {
        const spans = spansOf(drawn);
        const placed = [...depthFirst(buildSpanTree(spans))].map(
          ({ node }) => node.span,
        );
        expect(placed).toHaveLength(spans.length);
        expect(new Set(placed)).toEqual(new Set(spans));
      }),
    );
  });

  it('has critical paths without gaps, as long as their roots', () => {
    fc.assert(
      fc.property(anySpans, drawn => {
        for (const root of buildSpanTree(spansOf(drawn))) {
          const { startUs, durationUs } = root.span;
          let at = startUs;
          for (const section of criticalPath(root)) {
            expect(section.startUs).toBe(at);
            expect(section.endUs).toBeGreaterThan(at);
            at = section.endUs;
          }
          expect(at).toBe(startUs + durationUs);
        }
      }),
    );
  });

  it('may be as deep as it is long', () => {
    const spans = Array.from({ length: 20_000 }, (_, index) =>
      testSpan(String(index), {
        ...(index > 0 && { parentId: String(index - 1) }),
        startUs: index,
        durationUs: 40_000 - 2 * index,
      }),
    );
    const [root] = buildSpanTree(spans);
    expect([...depthFirst([root])]).toHaveLength(20_000);
    expect(criticalPath(root).at(-1)).toMatchObject({ endUs: 40_000 });
  });
});
