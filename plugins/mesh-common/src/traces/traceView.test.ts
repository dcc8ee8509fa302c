import { testSpan } from '../__testUtils__/spans';
import { traceSchema, traceSummarySchema } from '../contract/schemas/traces';
import { hasFailed } from './failure';
import { Attributes, SpanKind, StoredSpan, StoredTrace } from './model';
import { formatTags, parseTags } from './tags';
import { summarizeTrace, traceView } from './traceView';

const START = 1_700_000_000_000_000;

function proxy(service: string): StoredSpan['process'] {
  return { service, attributes: { 'telemetry.sdk.name': 'envoy' } };
}

const EDGE = proxy('edge.shop');
const PAGE = proxy('page.shop');
const APP = { service: 'page', attributes: { secret: 'x' } };

const TRACE: StoredTrace = {
  id: 'a'.repeat(32),
  warnings: ['cut'],
  spans: [
    testSpan('app', {
      parentId: 'inbound',
      startUs: START + 30,
      durationUs: 40,
      process: APP,
      kind: 'server',
      attributes: { 'http.response.status_code': 500, password: 'y' },
      events: [{ timeUs: START + 50, attributes: { event: 'z' } }],
      warnings: ['odd'],
    }),
    testSpan('inbound', {
      parentId: 'outbound',
      startUs: START + 20,
      durationUs: 60,
      process: PAGE,
      kind: 'server',
    }),
    testSpan('outbound', {
      startUs: START,
      durationUs: 100,
      process: EDGE,
      kind: 'client',
    }),
  ],
};

const SEEN = (span: StoredSpan) =>
  ({
    shown: true,
    ...(span.process === PAGE && { entityRef: 'component:default/page' }),
  } as const);

describe('traceView', () => {
  const view = traceView({
    trace: TRACE,
    store: 'prod',
    shown: SEEN,
    link: 'https://jaeger/trace/a',
  });

  it('is what the contract says', () => {
    expect(traceSchema.parse(view)).toEqual(view);
  });

  it('sums the trace up', () => {
    expect(view).toMatchObject({
      traceId: 'a'.repeat(32),
      store: 'prod',
      link: 'https://jaeger/trace/a',
      startedAt: '2023-11-14T22:13:20.000Z',
      durationUs: 100,
      root: { service: 'edge.shop', name: 'outbound' },
      spans: 3,
      failed: 1,
      hiddenSpans: 0,
      omittedSpans: 0,
      warnings: ['cut'],
      // Around the application: 20 and 20 of the client's proxy, 10 and 10 of the server's.
      proxyTime: { durationUs: 60, measured: 2, unmeasured: 0 },
    });
    expect(view.services).toEqual([
      { name: 'edge.shop', role: 'proxy', spans: 1, failed: 0 },
      { name: 'page', role: 'application', spans: 1, failed: 1 },
      {
        name: 'page.shop',
        role: 'proxy',
        spans: 1,
        failed: 0,
        entityRef: 'component:default/page',
      },
    ]);
  });

  it('has rows in the order of the tree', () => {
    expect(
      view.rows.map(({ id, level, descendants, offsetUs, role }) => [
        id,
        level,
        descendants,
        offsetUs,
        role,
      ]),
    ).toEqual([
      ['outbound', 0, 2, 0, 'proxy'],
      ['inbound', 1, 1, 20, 'proxy'],
      ['app', 2, 0, 30, 'application'],
    ]);
    expect(view.rows[1].critical).toEqual([
      { offsetUs: 20, durationUs: 10 },
      { offsetUs: 70, durationUs: 10 },
    ]);
    expect(view.rows[2].events).toEqual([
      { offsetUs: 50, attributes: { event: 'z' } },
    ]);
  });

  it('tells nothing of hidden spans but their times', () => {
    const hidden = traceView({
      trace: TRACE,
      store: 'prod',
      shown: span =>
        span.process === PAGE ? { shown: true } : { shown: false },
    });
    expect(traceSchema.parse(hidden)).toEqual(hidden);
    expect(hidden).toMatchObject({ hiddenSpans: 2, spans: 3 });
    expect(hidden.root).toBeUndefined();
    expect(hidden.services).toEqual([
      { name: 'page.shop', role: 'proxy', spans: 1, failed: 0 },
    ]);
    const text = JSON.stringify(hidden);
    ['edge.shop', 'secret', 'password', 'outbound', 'odd', '"z"'].forEach(
      word =>
        // The id of a span is no secret, and here it is a word.
        expect(text.replace(/"id":"\w+"/g, '')).not.toContain(word),
    );
    expect(hidden.rows.map(({ durationUs }) => durationUs)).toEqual([
      100, 60, 40,
    ]);
  });

  it('sums up the same for a list', () => {
    const summary = summarizeTrace({
      trace: TRACE,
      store: 'prod',
      shown: SEEN,
    });
    expect(traceSummarySchema.parse(summary)).toEqual(summary);
    expect(view).toMatchObject(summary);
  });

  it('sends no more spans than a page can take', () => {
    const long = traceView({
      trace: {
        ...TRACE,
        spans: [
          testSpan('root', { durationUs: 1 }),
          ...Array.from({ length: 10_500 }, (_, index) =>
            testSpan(`s${index}`, { parentId: 'root', startUs: index }),
          ),
        ],
      },
      store: 'prod',
      shown: SEEN,
    });
    expect(long.rows).toHaveLength(10_000);
    expect(long).toMatchObject({ spans: 10_501, omittedSpans: 501 });
    expect(long.rows[0].descendants).toBe(9_999);
  });

  it('does not blame a proxy for what an application without spans does', () => {
    const { proxyTime } = traceView({
      trace: { ...TRACE, spans: TRACE.spans.slice(1) },
      store: 'prod',
      shown: SEEN,
    });
    expect(proxyTime).toEqual({ durationUs: 40, measured: 1, unmeasured: 1 });
  });
});

describe('hasFailed', () => {
  it.each<[Attributes, SpanKind, boolean]>([
    [{}, 'server', false],
    [{ error: true }, 'internal', true],
    [{ error: 'true' }, 'internal', true],
    [{ error: false, 'http.status_code': 500 }, 'server', false],
    [{ 'otel.status_code': 'ERROR' }, 'client', true],
    [{ 'http.status_code': '503' }, 'server', true],
    [{ 'http.response.status_code': 503 }, 'server', true],
    [{ 'http.status_code': '404' }, 'server', false],
    [{ 'http.status_code': '404' }, 'client', true],
    [{ 'http.status_code': 'none' }, 'client', false],
    [{ 'rpc.grpc.status_code': 0 }, 'client', false],
    [{ 'rpc.grpc.status_code': 7 }, 'client', true],
    [{ 'rpc.grpc.status_code': 7 }, 'server', false],
    [{ 'grpc.status_code': '13' }, 'server', true],
  ])('%j of a %s: %s', (attributes, kind, expected) => {
    expect(hasFailed(testSpan('a', { attributes, kind }))).toBe(expected);
  });
});

describe('parseTags', () => {
  it.each([
    ['', {}],
    ['  a=1  b.c=x ', { a: '1', 'b.c': 'x' }],
    ['a="x y" b=', { a: 'x y', b: '' }],
    ['a="say \\"hi\\""', { a: 'say "hi"' }],
    ['url=http://a/?b=c', { url: 'http://a/?b=c' }],
  ])('reads %s', (text, expected) => {
    expect(parseTags(text)).toEqual(expected);
    expect(parseTags(formatTags(parseTags(text)))).toEqual(expected);
  });

  it.each([
    ['error', '"error"'],
    ['a=1 =2', '"=2"'],
    ['a="x', '"a=\\"x"'],
    ['a="x"y', '"a=\\"x\\"y"'],
  ])('says where %s goes wrong', (text, place) => {
    expect(() => parseTags(text)).toThrow(
      `expected name=value (with quotes where the value has blanks) at ${place}`,
    );
  });
});
