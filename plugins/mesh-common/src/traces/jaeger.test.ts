import { jaegerErrorText, readJaegerNames, readJaegerTraces } from './jaeger';

const ID = '5dda682a01a2142d9f1052238fc1bebe';

function payload(span: object = {}, trace: object = {}) {
  return {
    data: [
      {
        traceID: ID,
        spans: [
          {
            traceID: ID,
            spanID: 'abc',
            operationName: 'GET /',
            references: [],
            startTime: 1_700_000_000_000_000,
            duration: 1_500,
            tags: [
              { key: 'span.kind', type: 'string', value: 'server' },
              { key: 'http.status_code', type: 'string', value: '200' },
              { key: 'error', type: 'bool', value: true },
              { key: '__proto__', type: 'int64', value: 7 },
            ],
            logs: [
              {
                timestamp: 1_700_000_000_000_100,
                fields: [{ key: 'event', type: 'string', value: 'start' }],
              },
            ],
            processID: 'p1',
            warnings: null,
            ...span,
          },
        ],
        processes: {
          p1: {
            serviceName: 'page.shop',
            tags: [{ key: 'host', type: 'string', value: 'a' }],
          },
        },
        warnings: null,
        ...trace,
      },
    ],
    total: 0,
    limit: 0,
    offset: 0,
    errors: null,
  };
}

describe('readJaegerTraces', () => {
  it('reads spans, processes and logs', () => {
    const [trace] = readJaegerTraces(payload());
    expect(trace).toEqual({
      id: ID,
      warnings: [],
      spans: [
        {
          id: '0000000000000abc',
          name: 'GET /',
          kind: 'server',
          startUs: 1_700_000_000_000_000,
          durationUs: 1_500,
          process: { service: 'page.shop', attributes: { host: 'a' } },
          attributes: expect.objectContaining({
            'http.status_code': '200',
            error: true,
          }),
          events: [
            { timeUs: 1_700_000_000_000_100, attributes: { event: 'start' } },
          ],
          warnings: [],
        },
      ],
    });
    expect(Object.keys(trace.spans[0].attributes)).toContain('__proto__');
    expect(Object.getPrototypeOf(trace.spans[0].attributes)).toBe(
      Object.prototype,
    );
  });

  const reference = (refType: string, spanID: string, traceID = ID) => ({
    refType,
    spanID,
    traceID,
  });

  it.each<[string, object, string | undefined]>([
    ['CHILD_OF', { references: [reference('CHILD_OF', 'A1')] }, 'a1'],
    [
      'CHILD_OF before others',
      {
        references: [
          reference('FOLLOWS_FROM', 'b1'),
          reference('CHILD_OF', 'a1'),
        ],
      },
      'a1',
    ],
    ['others', { references: [reference('FOLLOWS_FROM', 'b1')] }, 'b1'],
    [
      'no span of another trace',
      { references: [reference('FOLLOWS_FROM', 'b1', 'ff')] },
      undefined,
    ],
    ['the old field', { references: null, parentSpanID: 'c1' }, 'c1'],
    ['nothing', { references: null, parentSpanID: '' }, undefined],
  ])('takes as parent %s', (_, span, expected) => {
    const [{ spans }] = readJaegerTraces(payload(span));
    expect(spans[0].parentId).toBe(expected?.padStart(16, '0'));
  });

  it('takes the process of a span that has one of its own', () => {
    const [{ spans }] = readJaegerTraces(
      payload(
        { processID: '', process: { serviceName: 'own', tags: null } },
        { processes: null },
      ),
    );
    expect(spans[0].process).toEqual({ service: 'own', attributes: {} });
  });

  it.each<[string, unknown, string]>([
    ['a text', 'hello', 'the answer: expected object, received string'],
    ['nothing', null, 'the answer: expected object, received null'],
    [
      "another store's answer",
      { traces: [], metrics: {} },
      'data: expected array, received undefined',
    ],
    ['no data', { data: null }, 'data: expected array, received null'],
    [
      'a time that is a text',
      payload({ startTime: '2026-01-01' }),
      'data[0].spans[0].startTime: expected number, received string',
    ],
    [
      'a negative duration',
      payload({ duration: -1 }),
      'data[0].spans[0].duration: Too small: expected number to be >=0',
    ],
    [
      'an id in base64',
      payload({ spanID: 'q83vEjRWeJA=' }),
      'data[0].spans[0].spanID: expected a span id of 1 to 16 hexadecimal digits',
    ],
    [
      'an id that is too long',
      payload({}, { traceID: 'a'.repeat(33) }),
      'data[0].traceID: expected a trace id of 1 to 32 hexadecimal digits',
    ],
    [
      'a process that is not there',
      payload({ processID: 'p9' }),
      'data[0].spans[0].processID: there is no process "p9" in data[0].processes',
    ],
    [
      'a tag that is a list',
      payload({ tags: [{ key: 'a', value: [1] }] }),
      'data[0].spans[0].tags[0].value: Invalid input',
    ],
  ])('says what is wrong with %s', (_, body, message) => {
    expect(() => readJaegerTraces(body)).toThrow(
      expect.objectContaining({ name: 'TracePayloadError', message }),
    );
  });
});

describe('the other answers of Jaeger', () => {
  it('reads names', () => {
    expect(readJaegerNames({ data: ['b', 'a'] })).toEqual(['b', 'a']);
    expect(readJaegerNames({ data: null })).toEqual([]);
    expect(() => readJaegerNames({ data: [1] })).toThrow(
      'data[0]: expected string, received number',
    );
  });

  it('reads errors', () => {
    expect(
      jaegerErrorText({
        data: null,
        errors: [{ code: 400, msg: "parameter 'service' is required" }],
      }),
    ).toBe("parameter 'service' is required");
    expect(jaegerErrorText({ data: [], errors: null })).toBeUndefined();
  });
});
