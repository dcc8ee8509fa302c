import { configMap, TestCluster } from '../api/__testUtils__/cluster';

const MAPS = '/api/v1/namespaces/shop/configmaps';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
  await cluster.post(MAPS, configMap('a'));
});
afterAll(() => cluster.close());
afterEach(() => cluster.server.faults.clear());

it.each([
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [429, 'TooManyRequests'],
  [500, 'InternalError'],
  [503, 'ServiceUnavailable'],
] as const)(
  'refuses all with %d until it is cleared',
  async (status, reason) => {
    cluster.server.faults.set({ status });
    const { code, headers, body } = await cluster.get(MAPS);
    expect(code).toBe(status);
    expect(body).toMatchObject({ kind: 'Status', reason, code: status });
    expect(headers['retry-after']).toBe(status === 429 ? '1' : undefined);
    cluster.server.faults.clear();
    expect((await cluster.get(MAPS)).code).toBe(200);
  },
);

it('answers with a page, as a proxy does', async () => {
  cluster.server.faults.set({ status: 503, html: true });
  const { code, headers, text } = await cluster.get(MAPS);
  expect(code).toBe(503);
  expect(headers['content-type']).toBe('text/html');
  expect(text).toContain('<h1>503</h1>');
});

it('is limited to a group or a resource', async () => {
  cluster.server.faults.set({ status: 500, only: { resource: 'configmaps' } });
  expect((await cluster.get(MAPS)).code).toBe(500);
  expect((await cluster.get('/api/v1/pods')).code).toBe(200);
  expect((await cluster.get('/version')).code).toBe(200);
  cluster.server.faults.set({ status: 500, only: { group: 'apps' } });
  expect((await cluster.get(MAPS)).code).toBe(200);
  expect((await cluster.get('/apis/apps/v1/deployments')).code).toBe(500);
});

it('delays answers', async () => {
  cluster.server.faults.set({ latencyMs: 50 });
  const start = performance.now();
  expect((await cluster.get(MAPS)).code).toBe(200);
  // A timer may fire a little early by this clock, never by much.
  expect(performance.now() - start).toBeGreaterThan(40);
});

it('drops running watches, and new ones', async () => {
  const running = await cluster.watch(`${MAPS}?watch=1`);
  expect((await running.next())?.type).toBe('ADDED');
  const other = await cluster.watch('/api/v1/pods?watch=1');
  cluster.server.faults.set({
    dropWatches: true,
    only: { resource: 'configmaps' },
  });
  expect(await running.next()).toBeUndefined();
  const next = await cluster.watch(`${MAPS}?watch=1`).then(
    watch => watch.rest(),
    () => [],
  );
  expect(next.length).toBeLessThan(2);
  await cluster.post('/api/v1/namespaces/shop/pods', {
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'c', image: 'i' }] },
  });
  expect((await other.next())?.type).toBe('ADDED');
  other.close();
});
