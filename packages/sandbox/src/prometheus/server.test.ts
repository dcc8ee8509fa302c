import { PrometheusServer } from './server';
import { windowOf, type Series } from './promql/series';

const NOW = 1_700_000_000_000;

function counter(labels: Record<string, string>, rate: number): Series {
  const samples = (from: number, to: number) =>
    [3, 2, 1, 0]
      .map(index => NOW - index * 60_000)
      .filter(time => time > from && time <= to)
      .map(time => ({
        time,
        value: 1_000 + ((time - NOW) / 1_000 + 180) * rate,
      }));
  return {
    labels,
    samples,
    window: (from, to) => windowOf(samples(from, to)),
    at: (time, lookback) => samples(time - lookback, time).pop(),
  };
}

const SERIES = [
  counter({ __name__: 'requests_total', cluster: 'east', pod: 'a' }, 1),
  counter({ __name__: 'requests_total', cluster: 'west', pod: 'b' }, 2),
];

let server: PrometheusServer;
let url: string;

async function start(token?: string) {
  server = PrometheusServer.create({
    source: {
      select: matchers =>
        SERIES.filter(({ labels }) =>
          matchers.every(({ label, matches }) => matches(labels[label] ?? '')),
        ),
    },
    now: () => NOW,
    ...(token && { token }),
  });
  url = await server.listen(0);
}

afterEach(() => server.close());

async function get(path: string, init?: RequestInit) {
  const response = await fetch(`${url}${path}`, init);
  const text = await response.text();
  const json = response.headers.get('content-type') === 'application/json';
  return { status: response.status, body: json ? JSON.parse(text) : text };
}

describe('without a token', () => {
  beforeEach(() => start());

  it('answers an instant query as Prometheus does', async () => {
    const query = encodeURIComponent('requests_total{cluster="east"}');
    await expect(get(`/api/v1/query?query=${query}`)).resolves.toEqual({
      status: 200,
      body: {
        status: 'success',
        data: {
          resultType: 'vector',
          result: [
            {
              metric: { __name__: 'requests_total', cluster: 'east', pod: 'a' },
              value: [NOW / 1_000, '1180'],
            },
          ],
        },
      },
    });
  });

  it('takes a form and a time', async () => {
    const answer = await get('/api/v1/query', {
      method: 'POST',
      body: new URLSearchParams({
        query: 'sum(rate(requests_total[3m]))',
        time: '2023-11-14T22:13:20Z',
      }),
    });
    expect(answer.body.data.result).toEqual([
      { metric: {}, value: [NOW / 1_000, '3'] },
    ]);
  });

  it('answers a range query', async () => {
    const end = NOW / 1_000;
    const { body } = await get(
      `/api/v1/query_range?query=sum(requests_total)&start=${
        end - 120
      }&end=${end}&step=1m`,
    );
    expect(body.data).toEqual({
      resultType: 'matrix',
      result: [
        {
          metric: {},
          values: [
            [end - 120, '2180'],
            [end - 60, '2360'],
            [end, '2540'],
          ],
        },
      ],
    });
  });

  it.each([
    ['/api/v1/query', 400, 'bad_data', /no expression found/],
    ['/api/v1/query?query=sum(', 400, 'bad_data', /parse error/],
    [
      '/api/v1/query?query=up&time=soon',
      400,
      'bad_data',
      /cannot parse "soon" to a valid timestamp/,
    ],
    [
      '/api/v1/query_range?query=up&start=1&end=2&step=x',
      400,
      'bad_data',
      /valid duration/,
    ],
    [
      '/api/v1/query_range?query=up&start=1&end=2&step=0',
      400,
      'bad_data',
      /zero or negative query resolution step/,
    ],
    [
      '/api/v1/query_range?query=up&start=2&end=1&step=1',
      400,
      'bad_data',
      /must not be before start/,
    ],
    [
      '/api/v1/query_range?query=up&start=0&end=20000&step=1',
      400,
      'bad_data',
      /exceeded maximum resolution/,
    ],
    [
      '/api/v1/query_range?query=up[5m]&start=1&end=2&step=1',
      400,
      'bad_data',
      /invalid expression type/,
    ],
    [
      '/api/v1/query?query=absent(up)',
      422,
      'execution',
      /does not evaluate the function absent/,
    ],
    ['/api/v1/series', 400, 'bad_data', /no match\[\] parameter/],
    ['/api/v1/label/a-b/values', 400, 'bad_data', /invalid label name/],
  ])('answers %s with %i', async (path, status, errorType, error) => {
    const answer = await get(path);
    expect(answer).toEqual({
      status,
      body: {
        status: 'error',
        errorType,
        error: expect.stringMatching(error),
      },
    });
  });

  it('lists series, labels and values', async () => {
    await expect(
      get('/api/v1/series?match[]=requests_total{pod="b"}'),
    ).resolves.toMatchObject({
      body: {
        data: [{ __name__: 'requests_total', cluster: 'west', pod: 'b' }],
      },
    });
    await expect(get('/api/v1/labels')).resolves.toMatchObject({
      body: { data: ['__name__', 'cluster', 'pod'] },
    });
    await expect(get('/api/v1/label/cluster/values')).resolves.toMatchObject({
      body: { data: ['east', 'west'] },
    });
  });

  it('says that it is ready, and what it is not', async () => {
    await expect(get('/-/ready')).resolves.toMatchObject({ status: 200 });
    await expect(get('/-/healthy')).resolves.toMatchObject({ status: 200 });
    await expect(get('/api/v1/status/buildinfo')).resolves.toMatchObject({
      body: { status: 'success' },
    });
    await expect(get('/api/v1/nothing')).resolves.toMatchObject({
      status: 404,
    });
    await expect(get('/')).resolves.toMatchObject({ status: 404 });
    await expect(
      get('/api/v1/query', { method: 'DELETE' }),
    ).resolves.toMatchObject({ status: 405 });
  });

  it('fails when told to, until the fault is cleared', async () => {
    const query = '/api/v1/query?query=requests_total';
    server.faults.set({ status: 500 });
    await expect(get(query)).resolves.toMatchObject({
      status: 500,
      body: { status: 'error', errorType: 'server_error' },
    });
    server.faults.set({ html: true });
    await expect(get(query)).resolves.toEqual({
      status: 200,
      body: expect.stringContaining('<html>'),
    });
    server.faults.set({ empty: true });
    await expect(get(query)).resolves.toMatchObject({
      status: 200,
      body: { data: { result: [] } },
    });
    server.faults.set({ latencyMs: 1 });
    await expect(get(query)).resolves.toMatchObject({ status: 200 });
    server.faults.clear();
    const { body } = await get(query);
    expect(body.data.result).toHaveLength(2);
  });

  it('ends a slow answer when it closes', async () => {
    server.faults.set({ latencyMs: 3_600_000 });
    const outcome = get('/api/v1/query?query=up').then(
      () => 'answered',
      () => 'ended',
    );
    await server.close();
    await expect(outcome).resolves.toBe('ended');
  });
});

describe('with a token', () => {
  beforeEach(() => start('secret'));

  it('asks for it', async () => {
    const query = '/api/v1/query?query=requests_total';
    await expect(get(query)).resolves.toMatchObject({ status: 401 });
    await expect(
      get(query, { headers: { authorization: 'Bearer wrong!' } }),
    ).resolves.toMatchObject({ status: 401 });
    await expect(
      get(query, { headers: { authorization: 'Bearer secret' } }),
    ).resolves.toMatchObject({ status: 200 });
    await expect(get('/-/ready')).resolves.toMatchObject({ status: 200 });
  });
});
