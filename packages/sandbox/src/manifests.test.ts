import path from 'node:path';
import { instantQuery } from './prometheus/engine';
import { splitGroupVersion } from './store/groupVersion';
import { isRecord, listOf, recordOf } from './store/values';
import type { StoredObject } from './store/types';
import { TrafficModel } from './traffic/model';
import { readProfile } from './traffic/profile';
import { Cluster } from './world/cluster';
import { readManifest, yamlFiles } from './world/files';

const MANIFESTS = path.resolve(__dirname, '../manifests');
const START = Date.UTC(2026, 5, 1);

/** A cluster of the package's own manifests, an hour after its start. */
async function load(name: 'east' | 'west') {
  let time = START;
  const now = () => time;
  const reports: string[] = [];
  const cluster = await Cluster.create({
    name,
    folder: path.join(MANIFESTS, name),
    now,
    report: message => reports.push(message),
  });
  const traffic = TrafficModel.create({
    cluster: name,
    mesh: name === 'east' ? 'istio' : 'linkerd',
    store: cluster.store,
    profile: await readProfile(path.join(MANIFESTS, 'traffic', `${name}.yaml`)),
    now,
    scrapeInterval: 5_000,
  });
  time += 3_600_000;
  const { store } = cluster;
  const list = (group: string, kind: string, namespace?: string) => {
    const resource = store.resourceOf(group, kind);
    return resource ? store.list(resource, namespace) : [];
  };
  return {
    cluster,
    traffic,
    store,
    reports,
    list,
    get(group: string, kind: string, namespace: string, object: string) {
      const found = list(group, kind, namespace || undefined).find(
        ({ metadata }) => metadata.name === object,
      );
      if (!found) {
        throw new Error(`${kind} ${namespace}/${object} does not exist`);
      }
      return found;
    },
    pods: (namespace: string, app: string) =>
      list('', 'Pod', namespace).filter(
        ({ metadata }) => metadata.labels?.app === app,
      ),
    /** The sum of a query's elements. */
    ask(query: string): number {
      const result = instantQuery(traffic.series, query, time);
      return result.resultType === 'vector'
        ? result.result.reduce((sum, { value }) => sum + Number(value[1]), 0)
        : NaN;
    },
    async close() {
      traffic.close();
      await cluster.close();
    },
  };
}

type World = Awaited<ReturnType<typeof load>>;

function images(pod: StoredObject): string[] {
  const { initContainers, containers } = recordOf(pod.spec);
  return [...listOf(initContainers), ...listOf(containers)].map(
    container => `${recordOf(container).image}`,
  );
}

function conditionsOf(route: StoredObject): string[] {
  return listOf(recordOf(route.status).parents)
    .flatMap(parent => listOf(recordOf(parent).conditions))
    .filter(isRecord)
    .map(({ type, status, reason }) => `${type}=${status} ${reason}`);
}

describe.each(['east', 'west'] as const)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await load(name);
  });
  afterAll(() => world.close());

  it('applies without a complaint, and every object is served', async () => {
    expect(world.reports).toEqual([]);
    const folder = path.join(MANIFESTS, name);
    for (const file of await yamlFiles(folder)) {
      for (const { object } of await readManifest(folder, file, file)) {
        const { group, version } = splitGroupVersion(object.apiVersion);
        const resource = world.store.resourceOf(group, object.kind);
        expect(resource?.versions).toContain(version);
        expect(
          world
            .list(group, object.kind, object.metadata.namespace)
            .map(({ metadata }) => metadata.name),
        ).toContain(object.metadata.name);
      }
    }
  });

  it('stores none of the annotations that are meant for the loader', () => {
    const left = world.store
      .resources()
      .flatMap(resource => world.store.list(resource))
      .filter(({ metadata }) =>
        Object.keys(metadata.annotations ?? {}).some(key =>
          key.startsWith('mesh-sandbox/'),
        ),
      );
    expect(left).toEqual([]);
  });

  it('runs as many pods as its workloads want', () => {
    const workloads = ['Deployment', 'StatefulSet'].flatMap(kind =>
      world.list('apps', kind),
    );
    for (const { metadata, spec, status } of workloads) {
      expect([metadata.name, recordOf(status).readyReplicas]).toEqual([
        metadata.name,
        recordOf(spec).replicas ?? 1,
      ]);
    }
    expect(world.list('', 'Pod').length).toBeGreaterThanOrEqual(35);
  });

  it('has an entity id on pods and Services that the catalog can find', () => {
    const ids = (kind: string) =>
      new Set(
        world
          .list('', kind)
          .map(
            ({ metadata }) => metadata.labels?.['backstage.io/kubernetes-id'],
          ),
      );
    expect(ids('Pod').size).toBeGreaterThan(10);
    expect(ids('Service').size).toBeGreaterThan(8);
  });
});

describe('planted in east', () => {
  let world: World;
  beforeAll(async () => {
    world = await load('east');
  });
  afterAll(() => world.close());

  const requests = (matchers: string) =>
    world.ask(`rate(istio_requests_total{${matchers}}[5m])`);

  it('inventory was never injected', () => {
    for (const pod of world.pods('shop', 'inventory')) {
      expect(images(pod)).toEqual([
        'registry.example.com/shop/inventory:0.9.8',
      ]);
    }
    expect(requests('destination_workload="inventory"')).toBeGreaterThan(1);
    expect(
      requests('destination_workload="inventory",reporter="destination"'),
    ).toBe(0);
  });

  it('details still takes plaintext', () => {
    const plain =
      'destination_workload="details",connection_security_policy="none"';
    expect(requests(`${plain},response_code="200"`)).toBeGreaterThan(0.1);
    expect(requests(`${plain},response_code="403"`)).toBeGreaterThan(0.01);
  });

  it('reviews has a canary, a preview and a rule that never matches', () => {
    const share = (version: string) =>
      requests(
        `reporter="source",destination_service_name="reviews",destination_version="${version}"`,
      );
    const all = share('v1') + share('v2') + share('v3');
    expect(share('v3') / all).toBeCloseTo(0.05, 2);
    expect(share('v1') / all).toBeCloseTo(0.95 * 0.9, 2);
  });

  it('ratings refuses the plaintext that it meant to take', () => {
    expect(
      requests(
        'destination_workload="ratings",connection_security_policy="none"',
      ),
    ).toBe(0);
    expect(requests('destination_workload="ratings"')).toBeGreaterThan(1);
  });

  it('the cart has no effective policy', () => {
    expect(world.pods('shop', 'carts')).toEqual([]);
    expect(requests('destination_workload="cart",response_code="403"')).toBe(0);
  });

  it('checkout loses one request in twenty to a missing subset', () => {
    const lost = requests(
      'reporter="source",response_flags="NC",destination_service_name="checkout:8080"',
    );
    const all = requests(
      'reporter="source",destination_service_name=~"checkout.*"',
    );
    expect(lost / all).toBeCloseTo(0.05, 1);
  });

  it('the second VirtualService of recommendations is ignored', () => {
    expect(requests('response_flags="FI"')).toBe(0);
    expect(requests('destination_workload="recommendations"')).toBeGreaterThan(
      1,
    );
  });

  it('recommendations runs an old proxy', () => {
    for (const pod of world.pods('shop', 'recommendations')) {
      expect(images(pod)).toContain('docker.io/istio/proxyv2:1.29.2');
    }
    expect(world.ask('istio_build{component="proxy",tag="1.29.2"}')).toBe(2);
  });

  it('offers sends its canary what was written, and not what its Rollout wants', () => {
    const canary = requests(
      'reporter="source",destination_service_name=~"offers-canary.*"',
    );
    const all = requests(
      'reporter="source",destination_service_name=~"offers-.*"',
    );
    expect(all).toBeGreaterThan(1);
    expect(canary / all).toBeCloseTo(0.1, 1);
    expect(requests('destination_workload="offers"')).toBeGreaterThan(1);
    const { status } = world.get('argoproj.io', 'Rollout', 'shop', 'offers');
    expect(status).toMatchObject({
      canary: { weights: { canary: { weight: 25 } } },
    });
  });

  it('search fails for everybody', () => {
    const all = requests('reporter="source",destination_workload="search"');
    expect(all).toBeGreaterThan(0.5);
    expect(
      requests(
        'reporter="source",destination_workload="search",response_code="503",response_flags="UC"',
      ),
    ).toBe(all);
  });

  it('the ledger has a route to a Service that is gone', () => {
    expect(
      conditionsOf(
        world.get(
          'gateway.networking.k8s.io',
          'HTTPRoute',
          'payments',
          'ledger',
        ),
      ),
    ).toEqual([
      'Accepted=True Accepted',
      'ResolvedRefs=False BackendNotFound',
      'ResolvedWaypoints=True ResolvedWaypoints',
    ]);
    expect(requests('reporter="waypoint",response_code="500"')).toBeGreaterThan(
      0.05,
    );
  });

  it('fraud asks for a waypoint that does not exist', () => {
    expect(
      recordOf(world.get('', 'Service', 'payments', 'fraud').status).conditions,
    ).toEqual([
      expect.objectContaining({
        type: 'istio.io/WaypointBound',
        status: 'False',
      }),
    ]);
    expect(requests('destination_workload="fraud"')).toBe(0);
    expect(
      world.ask(
        'rate(istio_tcp_connections_opened_total{destination_workload="fraud",reporter="destination",response_flags="-"}[5m])',
      ),
    ).toBeGreaterThan(0);
  });

  it('the policies say who enforces them, and what a ztunnel cannot read', () => {
    const condition = (name: string) =>
      listOf(
        recordOf(
          world.get(
            'security.istio.io',
            'AuthorizationPolicy',
            'payments',
            name,
          ).status,
        ).conditions,
      )[0];
    expect(condition('ledger-db-callers')).toMatchObject({
      type: 'ZtunnelAccepted',
      status: 'True',
    });
    expect(condition('fraud-read-only')).toMatchObject({
      type: 'ZtunnelAccepted',
      status: 'False',
      reason: 'UnsupportedValue',
      message: expect.stringContaining('(found: methods)'),
    });
    expect(condition('payments-callers')).toMatchObject({
      type: 'WaypointAccepted',
      status: 'True',
      message: 'bound to payments/waypoint',
    });
  });

  it('checkout goes around the waypoint', () => {
    expect(requests('reporter="waypoint",source_workload="checkout"')).toBe(0);
    expect(
      requests('reporter="source",destination_workload="payments-v1"'),
    ).toBeGreaterThan(0.5);
  });

  it('the importer is refused by the ztunnel', () => {
    expect(
      world.ask(
        'rate(istio_tcp_connections_opened_total{source_workload="importer",response_flags="DENY"}[1h])',
      ),
    ).toBeGreaterThan(0);
  });

  it('the waypoint is deployed and has an address', () => {
    const gateway = world.get(
      'gateway.networking.k8s.io',
      'Gateway',
      'payments',
      'waypoint',
    );
    expect(gateway.status).toMatchObject({
      addresses: [{ type: 'IPAddress' }],
      conditions: [
        { type: 'Accepted', status: 'True' },
        { type: 'Programmed', status: 'True' },
      ],
    });
    expect(
      world
        .list('', 'Pod', 'payments')
        .filter(({ metadata }) => metadata.name.startsWith('waypoint-')),
    ).toHaveLength(1);
  });
});

describe('planted in west', () => {
  let world: World;
  beforeAll(async () => {
    world = await load('west');
  });
  afterAll(() => world.close());

  const rate = (selector: string) => world.ask(`rate(${selector}[5m])`);

  it('the stricter default policy was not rolled out', () => {
    const { annotations } = world.get(
      '',
      'Namespace',
      '',
      'emojipoll',
    ).metadata;
    expect(annotations).toMatchObject({
      'config.linkerd.io/default-inbound-policy': 'all-authenticated',
    });
    expect(
      rate(
        'response_total{direction="inbound",deployment="leaderboard",tls="no_identity",authz_name="all-unauthenticated"}',
      ),
    ).toBeGreaterThan(0.1);
  });

  it('a ServiceProfile shadows the canary of voting', () => {
    expect(
      rate('response_total{direction="inbound",deployment="voting"}'),
    ).toBeGreaterThan(1);
    expect(
      rate('response_total{direction="inbound",deployment="voting-v2"}'),
    ).toBe(0);
    expect(
      rate('route_response_total{rt_route="POST /emojipoll.v1.Voting/Vote"}'),
    ).toBeGreaterThan(1);
    expect(
      rate('outbound_http_route_request_statuses_total{parent_name="voting"}'),
    ).toBe(0);
  });

  it('the leaderboard splits by its route', () => {
    const backend = (name: string) =>
      rate(
        `outbound_http_route_backend_requests_total{deployment="web",route_name="leaderboard-split",backend_name="${name}"}`,
      );
    const v2 = backend('leaderboard-v2');
    expect(v2 / (v2 + backend('leaderboard'))).toBeCloseTo(
      0.04 + 0.96 * 0.2,
      1,
    );
  });

  it('no Server takes the admin port of the leaderboard', () => {
    const [pod] = world.pods('emojipoll', 'leaderboard');
    expect(JSON.stringify(pod.spec)).not.toContain('admin-http');
  });

  it('images refuses the leaderboard', () => {
    expect(
      rate(
        'inbound_http_authz_deny_total{deployment="images",client_id=~"leaderboard[.].*"}',
      ),
    ).toBeGreaterThan(0.5);
    expect(
      rate(
        'response_total{direction="outbound",deployment="leaderboard",dst_deployment="images",status_code="403"}',
      ),
    ).toBeGreaterThan(0.5);
  });

  it('a route has lost its parent', () => {
    expect(
      conditionsOf(
        world.get(
          'gateway.networking.k8s.io',
          'HTTPRoute',
          'emojipoll',
          'results-old',
        ),
      ),
    ).toContain('Accepted=False NoMatchingParent');
  });

  it('the cache is outside of its own proxy', () => {
    expect(
      rate(
        'tcp_open_total{direction="outbound",dst_statefulset="cache",no_tls_reason="not_provided_by_service_discovery"}',
      ),
    ).toBeGreaterThan(0.1);
    expect(
      rate('tcp_open_total{direction="inbound",statefulset="cache"}'),
    ).toBe(0);
  });

  it('an unknown appProtocol makes notifier opaque', () => {
    expect(
      rate('tcp_open_total{direction="inbound",deployment="notifier"}'),
    ).toBeGreaterThan(0.1);
    expect(rate('response_total{deployment="notifier"}')).toBe(0);
  });

  it('admin is older than the upgrade and the rotation', () => {
    const [pod] = world.pods('emojipoll', 'admin');
    expect(images(pod)).toContain('cr.l5d.io/linkerd/proxy:edge-26.2.1');
    const [web] = world.pods('emojipoll', 'web');
    expect(pod.metadata.annotations?.['linkerd.io/trust-root-sha256']).not.toBe(
      web.metadata.annotations?.['linkerd.io/trust-root-sha256'],
    );
  });

  it('the vote bot calls web without mTLS', () => {
    expect(
      rate(
        'response_total{direction="inbound",deployment="web",tls="no_identity"}',
      ),
    ).toBeGreaterThan(3);
    expect(rate('request_total{deployment="vote-bot"}')).toBe(0);
  });

  it('the scraper has no proxy', () => {
    const [pod] = world.pods('tools', 'scraper');
    expect(images(pod)).toEqual(['registry.example.com/tools/scraper:0.2.0']);
  });
});
