import { createRandom, drawLatency } from './random';
import { JaegerServer } from './server';
import type { Span, Trace } from './span';

const NOW = 1_700_000_000_000;

function span(overrides: Partial<Span>): Span {
  return {
    traceId: '',
    id: 'a'.repeat(16),
    name: 'GET /a',
    kind: 'server',
    start: NOW * 1_000,
    duration: 5_000,
    reporter: { service: 'page.shop', attributes: { pod: 'page-1' } },
    failed: false,
    attributes: { 'http.status_code': '200' },
    events: [],
    ...overrides,
  };
}

function trace(digit: string, secondsAgo: number, ...spans: Partial<Span>[]) {
  const id = digit.repeat(32);
  return {
    id,
    spans: spans.map(one =>
      span({ traceId: id, start: (NOW - secondsAgo * 1_000) * 1_000, ...one }),
    ),
  };
}

const TRACES: Trace[] = [
  trace('1', 10, {}),
  trace(
    '2',
    20,
    { failed: true, duration: 2_000_000 },
    {
      id: 'b'.repeat(16),
      parentId: 'a'.repeat(16),
      name: 'query',
      kind: 'client',
      start: (NOW - 20_000) * 1_000 - 1_500,
      reporter: { service: 'reviews.shop', attributes: {} },
      events: [
        {
          time: NOW * 1_000,
          name: 'exception',
          attributes: { 'exception.type': 'Error' },
        },
      ],
    },
  ),
  trace('3', 7_200, { name: 'GET /b' }),
];

describe('JaegerServer', () => {
  let server: JaegerServer;
  let url: string;

  beforeEach(async () => {
    server = JaegerServer.create({
      source: {
        between: (start, end) =>
          TRACES.filter(({ spans: [{ start: at }] }) => {
            const time = at / 1_000;
            return time >= start && time <= end;
          }),
        get: id => TRACES.find(one => one.id === id),
      },
      now: () => NOW,
    });
    url = await server.listen(0);
  });

  afterEach(() => server.close());

  async function get(path: string, init?: RequestInit) {
    const response = await fetch(`${url}${path}`, init);
    const body = await response.text();
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: body.startsWith('{') ? JSON.parse(body) : body,
    };
  }

  async function found(query: string): Promise<string[]> {
    const { body } = await get(`/api/traces?${query}`);
    return body.data.map((one: { traceID: string }) => one.traceID[0]);
  }

  it('lists services and operations', async () => {
    expect((await get('/api/services')).body).toEqual({
      data: ['page.shop', 'reviews.shop'],
      total: 2,
      limit: 0,
      offset: 0,
      errors: null,
    });
    expect(
      (await get('/api/services/page.shop/operations')).body,
    ).toMatchObject({ data: ['GET /a', 'GET /b'], total: 2 });
    expect(
      (await get('/api/operations?service=reviews.shop')).body,
    ).toMatchObject({ data: [{ name: 'query', spanKind: 'client' }] });
    expect(
      (await get('/api/operations?service=reviews.shop&spanKind=server')).body,
    ).toMatchObject({ data: null, total: 0 });
  });

  it.each([
    ['service=page.shop', ['1', '2', '3']],
    ['service=page.shop&limit=1', ['1']],
    [`service=page.shop&start=${(NOW - 60_000) * 1_000}`, ['1', '2']],
    ['service=page.shop&operation=GET%20/b', ['3']],
    ['service=page.shop&minDuration=1s', ['2']],
    ['service=page.shop&maxDuration=1.5s', ['1', '3']],
    ['service=page.shop&tags=%7B%22error%22%3A%22true%22%7D', ['2']],
    ['service=page.shop&tag=pod:page-1&tag=span.kind:server', ['1', '2', '3']],
    ['service=reviews.shop&tag=exception.type:Error', ['2']],
    // The tag is on a span of another service.
    ['service=reviews.shop&tag=error:true', []],
    ['service=nobody', []],
  ])('searches by %s', async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  it('writes a trace as Jaeger does', async () => {
    const { body } = await get(`/api/traces/${'2'.repeat(32)}`);
    expect(body.data[0]).toMatchObject({
      traceID: '2'.repeat(32),
      warnings: null,
      processes: {
        p1: {
          serviceName: 'page.shop',
          tags: [{ key: 'pod', type: 'string', value: 'page-1' }],
        },
        p2: { serviceName: 'reviews.shop', tags: [] },
      },
    });
    const [outer, inner] = body.data[0].spans;
    expect(outer).toMatchObject({
      references: [],
      tags: expect.arrayContaining([
        { key: 'error', type: 'bool', value: true },
        { key: 'span.kind', type: 'string', value: 'server' },
      ]),
      logs: [],
      warnings: null,
    });
    expect(inner).toMatchObject({
      spanID: 'b'.repeat(16),
      references: [
        {
          refType: 'CHILD_OF',
          traceID: '2'.repeat(32),
          spanID: 'a'.repeat(16),
        },
      ],
      processID: 'p2',
      logs: [
        {
          fields: [
            { key: 'event', type: 'string', value: 'exception' },
            { key: 'exception.type', type: 'string', value: 'Error' },
          ],
        },
      ],
      warnings: [
        'clock skew adjustment disabled; not applying calculated delta of 999ms',
      ],
    });
  });

  it.each([
    ['/api/traces', "parameter 'service' is required"],
    [
      '/api/traces?service=a&limit=x',
      'strconv.ParseInt: parsing "x": invalid syntax',
    ],
    [
      '/api/traces?service=a&minDuration=5',
      'unable to parse param \'minDuration\': time: missing unit in duration "5"',
    ],
    [
      '/api/traces?service=a&minDuration=5q',
      'unable to parse param \'minDuration\': time: unknown unit "q" in duration "5q"',
    ],
    [
      '/api/traces?service=a&minDuration=5s&maxDuration=1s',
      "'maxDuration' should be greater than 'minDuration'",
    ],
    [
      '/api/traces?service=a&tags=[]',
      "malformed 'tags' parameter, cannot unmarshal JSON: json: cannot unmarshal array into Go value of type map[string]string",
    ],
    [
      '/api/traces?service=a&tag=b',
      "malformed 'tag' parameter, expecting key:value, received: b",
    ],
    ['/api/traces/zz', 'strconv.ParseUint: parsing "zz": invalid syntax'],
  ])('refuses %s', async (path, msg) => {
    const { status, type, body } = await get(path);
    expect({ status, type }).toEqual({
      status: 400,
      type: 'text/plain; charset=utf-8',
    });
    expect(body).toEqual({
      data: null,
      total: 0,
      limit: 0,
      offset: 0,
      errors: [{ code: 400, msg }],
    });
  });

  it('does not know what is not there', async () => {
    expect(await get('/api/traces/12')).toMatchObject({
      status: 404,
      body: { errors: [{ code: 404, msg: 'trace not found' }] },
    });
    expect(await get('/api/nothing')).toMatchObject({ status: 404 });
    expect(await get('/api/services', { method: 'POST' })).toMatchObject({
      status: 405,
    });
  });

  it('fails when told to, until the fault is cleared', async () => {
    server.faults.set({ status: 500 });
    expect(await get('/api/services')).toMatchObject({
      status: 500,
      body: { errors: [{ code: 500 }] },
    });
    server.faults.set({ html: true });
    expect(await get('/api/services')).toMatchObject({
      status: 200,
      type: 'text/html; charset=utf-8',
    });
    server.faults.set({ otherFormat: true });
    expect((await get('/api/services')).body).toHaveProperty('metrics');
    server.faults.set({ empty: true });
    expect(await found('service=page.shop')).toEqual([]);
    server.faults.set({ latencyMs: 1 });
    expect((await get('/api/services')).status).toBe(200);
    server.faults.clear();
    expect(await found('service=page.shop')).toHaveLength(3);
  });
});

describe('random numbers', () => {
  it('are the same for the same seed, and spread', () => {
    const numbers = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 2_000 }, () => random.next());
    };
    expect(numbers(1)).toEqual(numbers(1));
    expect(numbers(1)).not.toEqual(numbers(2));
    const mean = numbers(3).reduce((sum, n) => sum + n, 0) / 2_000;
    expect(mean).toBeGreaterThan(0.45);
    expect(mean).toBeLessThan(0.55);
  });

  it('have the median and the tail of their latency', () => {
    const random = createRandom(4);
    const drawn = Array.from({ length: 4_000 }, () =>
      drawLatency(random, { p50: 10, p99: 100 }),
    ).sort((a, b) => a - b);
    expect(drawn[2_000]).toBeGreaterThan(9_000);
    expect(drawn[2_000]).toBeLessThan(11_000);
    expect(drawn[3_960]).toBeGreaterThan(70_000);
    expect(drawn[3_960]).toBeLessThan(140_000);
  });
});
