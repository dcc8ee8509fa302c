import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { delay, http, HttpResponse, JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { PrometheusStore } from './PrometheusStore';

const URL = 'https://prometheus.example.com/prefix';
const QUERY = `${URL}/api/v1/query`;

function vector(...result: JsonBodyType[]) {
  return { status: 'success', data: { resultType: 'vector', result } };
}

describe('PrometheusStore', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  let now = 1_000;

  function make(overrides = {}): PrometheusStore {
    return PrometheusStore.create(
      {
        name: 'prod',
        url: URL,
        headers: { Authorization: 'Bearer s3cret' },
        scrapeIntervalMs: 15_000,
        timeoutMs: 10_000,
        ...overrides,
      },
      { clock: { now: () => now } },
    );
  }

  it('asks by a form, with its headers, and reads the samples', async () => {
    let seen: Record<string, string | null> = {};
    server.use(
      http.post(QUERY, async ({ request }) => {
        const form = new URLSearchParams(await request.text());
        seen = {
          query: form.get('query'),
          timeout: form.get('timeout'),
          authorization: request.headers.get('authorization'),
          type: request.headers.get('content-type'),
        };
        return HttpResponse.json(
          vector(
            { metric: { app: 'a' }, value: [1, '1.5'] },
            { metric: { app: 'b' }, value: [1, 'NaN'] },
            { metric: {}, value: [1, '+Inf'] },
          ),
        );
      }),
    );
    expect(await make().query('sum(up{a="b"})')).toEqual({
      status: 'measured',
      samples: [
        { labels: { app: 'a' }, value: 1.5 },
        { labels: {}, value: Number.POSITIVE_INFINITY },
      ],
      askedAt: expect.any(Date),
    });
    expect(seen).toEqual({
      query: 'sum(up{a="b"})',
      timeout: '10000ms',
      authorization: 'Bearer s3cret',
      type: expect.stringContaining('application/x-www-form-urlencoded'),
    });
  });

  it('asks once in a scrape interval, however many ask', async () => {
    let asked = 0;
    server.use(
      http.post(QUERY, () => {
        asked += 1;
        return HttpResponse.json(vector());
      }),
    );
    const store = make();
    await Promise.all([store.query('a'), store.query('a'), store.query('b')]);
    await store.query('a');
    expect(asked).toBe(2);
    now += 14_999;
    await store.query('a');
    expect(asked).toBe(2);
    now += 2;
    await store.query('a');
    expect(asked).toBe(3);
  });

  it('asks a store that failed again after five seconds', async () => {
    let asked = 0;
    server.use(
      http.post(QUERY, () => {
        asked += 1;
        return HttpResponse.json({}, { status: 500 });
      }),
    );
    const store = make();
    await store.query('a');
    await store.query('a');
    expect(asked).toBe(1);
    now += 5_001;
    await store.query('a');
    expect(asked).toBe(2);
  });

  it.each<[string, () => Response, string]>([
    [
      '500',
      () => new HttpResponse('oops', { status: 500 }),
      'The metrics store prod answered 500',
    ],
    [
      'an error of the query API',
      () =>
        HttpResponse.json(
          {
            status: 'error',
            errorType: 'bad_data',
            error: 'unknown function "foo"',
          },
          { status: 422 },
        ),
      'The metrics store prod answered 422: unknown function "foo"',
    ],
    [
      'HTML',
      () => HttpResponse.html('<html>Sign in</html>'),
      'The metrics store prod answered with text/html that is not JSON: is its URL that of a Prometheus query API?',
    ],
    [
      'other JSON',
      () => HttpResponse.json({ items: [] }),
      'The metrics store prod answered with JSON that is no answer of the Prometheus query API',
    ],
    [
      'a matrix',
      () =>
        HttpResponse.json({
          status: 'success',
          data: { resultType: 'matrix', result: [] },
        }),
      'The metrics store prod answered with JSON that is no answer of the Prometheus query API',
    ],
    [
      '401',
      () => new HttpResponse('who?', { status: 401 }),
      'The metrics store prod answered 401: it does not accept the headers that mesh.prometheus has for it',
    ],
    [
      'a redirect',
      () =>
        new HttpResponse(null, {
          status: 302,
          headers: { location: 'https://evil.example.com' },
        }),
      'The metrics store prod answered 302, a redirect, which is not followed: configure the URL that it leads to',
    ],
    [
      'a broken connection',
      () => HttpResponse.error(),
      'The metrics store prod cannot be reached: the request failed (TypeError)',
    ],
  ])(
    'says what the store answered where it is %s',
    async (_, answer, message) => {
      server.use(http.post(QUERY, answer));
      expect(await make().query('a')).toEqual({
        status: 'unreachable',
        message,
        askedAt: expect.any(Date),
      });
    },
  );

  it('says that the store did not answer in time', async () => {
    server.use(
      http.post(QUERY, async () => {
        await delay('infinite');
        return HttpResponse.json(vector());
      }),
    );
    expect(await make({ timeoutMs: 50 }).query('a')).toMatchObject({
      status: 'unreachable',
      message: 'The metrics store prod did not answer within 0.05 s',
    });
  });
});

describe('PrometheusStore without a server', () => {
  it('says that the connection was refused, and not by which address', async () => {
    const gone = createServer();
    const port = await new Promise<number>(resolve => {
      gone.listen(0, '127.0.0.1', () =>
        resolve((gone.address() as AddressInfo).port),
      );
    });
    await new Promise(resolve => {
      gone.close(resolve);
    });
    const store = PrometheusStore.create({
      name: 'prod',
      url: `http://127.0.0.1:${port}`,
      headers: {},
      scrapeIntervalMs: 15_000,
      timeoutMs: 10_000,
    });
    expect(await store.query('a')).toMatchObject({
      message:
        'The metrics store prod cannot be reached: the connection was refused',
    });
  });
});
