import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Agent, fetch } from 'undici';
import { parse } from 'yaml';
import { z } from 'zod';
import { startSandbox, type ClusterName, type Sandbox } from './sandbox';
import { StateFolder } from './stateFolder';

const INTERVAL = 5_000;

let time = Date.UTC(2026, 5, 1);
let sandbox: Sandbox;
let folder: string;
let agent: Agent;
const reports: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sandbox-'));
  await cp(path.resolve(__dirname, '../manifests'), folder, {
    recursive: true,
  });
  sandbox = await startSandbox({
    manifests: folder,
    now: () => time,
    watch: false,
    report: message => reports.push(message),
  });
  agent = new Agent({ connect: { ca: sandbox.caCertificate } });
});

afterAll(async () => {
  await agent.close();
  await sandbox.close();
  await rm(folder, { recursive: true });
});

async function kubernetes(
  name: ClusterName,
  url: string,
  init: { method?: string; body?: object; token?: string } = {},
) {
  const cluster = sandbox.clusters[name];
  const response = await fetch(`${cluster.url}${url}`, {
    dispatcher: agent,
    method: init.method ?? 'GET',
    headers: {
      authorization: `Bearer ${init.token ?? cluster.adminToken}`,
      'content-type': 'application/json-patch+json',
    },
    ...(init.body && { body: JSON.stringify(init.body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json');
  return { status: response.status, body: json ? JSON.parse(text) : text };
}

/** The value of each element of a query, by one label. */
async function ask(query: string, label: string) {
  const response = await fetch(
    `${sandbox.prometheus.url}/api/v1/query?query=${encodeURIComponent(query)}`,
  );
  const { data } = Object(await response.json());
  const values: Record<string, number> = {};
  for (const { metric, value } of data.result) {
    values[metric[label]] = Number(value[1]);
  }
  return values;
}

const REVIEWS =
  '/apis/networking.istio.io/v1/namespaces/shop/virtualservices/reviews';
const SPLIT =
  'sum by (destination_version) (increase(istio_requests_total{cluster="east",reporter="source",destination_service_name="reviews"}[15s]))';

it('moves the observed split with the weights, within a scrape', async () => {
  time += 60_000;
  const before = await ask(SPLIT, 'destination_version');
  expect(before.v1).toBeGreaterThan(before.v2);
  const { status } = await kubernetes('east', REVIEWS, {
    method: 'PATCH',
    body: [
      { op: 'replace', path: '/spec/http/1/route/0/weight', value: 0 },
      { op: 'replace', path: '/spec/http/1/route/1/weight', value: 100 },
    ],
  });
  expect(status).toBe(200);
  const growth = async () =>
    ask(
      'sum by (destination_version) (istio_requests_total{reporter="source",destination_service_name="reviews"})',
      'destination_version',
    );
  time += INTERVAL;
  const first = await growth();
  time += INTERVAL;
  const next = await growth();
  expect(next.v1 - first.v1).toBe(0);
  expect(next.v2 - first.v2).toBeGreaterThan(40);
});

it('applies a saved file to cluster and traffic', async () => {
  const file = path.join(folder, 'west/emojipoll/leaderboard.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace('weight: 80', 'weight: 0').replace('weight: 20', 'weight: 1'),
  );
  await sandbox.clusters.west.reload('emojipoll/leaderboard.yaml');
  time += 60_000;
  const split = await ask(
    'sum by (backend_name) (rate(outbound_http_route_backend_requests_total{route_name="leaderboard-split"}[30s]))',
    'backend_name',
  );
  expect(split.leaderboard).toBe(0);
  expect(split['leaderboard-v2']).toBeGreaterThan(1);
});

it('lets the portal read what its ClusterRole says, and no secrets', async () => {
  for (const name of ['east', 'west'] as const) {
    const token = sandbox.clusters[name].portalToken;
    const status = async (url: string) =>
      (await kubernetes(name, url, { token })).status;
    expect(await status('/api/v1/pods?limit=1')).toBe(200);
    expect(await status('/api/v1/secrets')).toBe(403);
    expect(await status(`${REVIEWS.replace('/reviews', '')}`)).toBe(
      name === 'east' ? 200 : 404,
    );
  }
  const rules =
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/mesh-for-backstage';
  const { body } = await kubernetes('west', rules);
  const index = body.rules.findIndex(({ apiGroups }: { apiGroups: string[] }) =>
    apiGroups.includes('policy.linkerd.io'),
  );
  await kubernetes('west', rules, {
    method: 'PATCH',
    body: [{ op: 'remove', path: `/rules/${index}` }],
  });
  const { status } = await kubernetes(
    'west',
    '/apis/policy.linkerd.io/v1beta3/servers',
    { token: sandbox.clusters.west.portalToken },
  );
  expect(status).toBe(403);
});

it('has faults for each server', async () => {
  sandbox.faults.east.set({ status: 500 });
  expect((await kubernetes('east', '/api/v1/pods')).status).toBe(500);
  expect((await kubernetes('west', '/api/v1/pods')).status).toBe(200);
  sandbox.faults.east.clear();
  sandbox.faults.prometheus.set({ empty: true });
  expect(await ask('up or istio_build', 'tag')).toEqual({});
  sandbox.faults.prometheus.clear();
});

it('has traces of the traffic of both clusters', async () => {
  const search = async (query: string) => {
    const response = await fetch(
      `${sandbox.jaeger.url}/api/traces?limit=200&${query}`,
    );
    const { data } = z
      .object({
        data: z.array(
          z.object({
            spans: z.array(
              z.object({ processID: z.string(), operationName: z.string() }),
            ),
            processes: z.record(
              z.string(),
              z.object({ serviceName: z.string() }),
            ),
          }),
        ),
      })
      .parse(await response.json());
    return data.map(({ spans, processes }) =>
      spans.map(({ processID }) => processes[processID].serviceName),
    );
  };
  const reviews = await search('service=reviews.shop');
  expect(reviews.length).toBeGreaterThan(100);
  // Envoys of gateway, caller and server, and an application with spans of its own.
  expect([...new Set(reviews.flat())]).toEqual(
    expect.arrayContaining([
      'istio-ingressgateway.istio-ingress',
      'storefront.shop',
      'storefront',
      'reviews.shop',
    ]),
  );
  // Linkerd's proxies take part in what the vote-bot begins.
  const polls = await search('service=vote-bot');
  expect(polls.length).toBeGreaterThan(10);
  expect(polls.flat()).toContain('linkerd-proxy');
});

it('complained of nothing', () => {
  expect(reports).toEqual([]);
});

it('tells others where it is, in files that only this user reads', async () => {
  const state = path.join(folder, 'state');
  const files = await StateFolder.create(state);
  await files.write(sandbox);
  const description = JSON.parse(
    await readFile(path.join(state, 'sandbox.json'), 'utf8'),
  );
  expect(description).toEqual({
    pid: process.pid,
    caFile: path.join(state, 'ca.crt'),
    kubeconfig: path.join(state, 'kubeconfig'),
    clusters: {
      east: {
        url: sandbox.clusters.east.url,
        token: sandbox.clusters.east.portalToken,
      },
      west: {
        url: sandbox.clusters.west.url,
        token: sandbox.clusters.west.portalToken,
      },
    },
    prometheus: { url: sandbox.prometheus.url },
    jaeger: { url: sandbox.jaeger.url },
  });
  const kubeconfig = parse(
    await readFile(path.join(state, 'kubeconfig'), 'utf8'),
  );
  expect(kubeconfig).toMatchObject({
    'current-context': 'east',
    contexts: [{ name: 'east' }, { name: 'west' }],
  });
  for (const name of ['sandbox.json', 'kubeconfig']) {
    // eslint-disable-next-line no-bitwise
    expect((await stat(path.join(state, name))).mode & 0o777).toBe(0o600);
  }
  await files.clear();
  await expect(stat(path.join(state, 'sandbox.json'))).rejects.toThrow(
    'ENOENT',
  );
});
