import { MESHES } from 'backstage-plugin-mesh-common';
import { FakeApiServer } from './__testUtils__/FakeApiServer';
import { fakeChecks } from './__testUtils__/fakeChecks';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import { StartedMesh } from './__testUtils__/startMesh';
import { createMeshPlugin } from './plugin';

const ISTIOD = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'istiod',
    namespace: 'istio-system',
    labels: { app: 'istiod' },
  },
  spec: {
    template: { spec: { containers: [{ name: 'discovery', image: 'pilot' }] } },
  },
};

const LINKERD = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'linkerd-config',
    namespace: 'linkerd',
    labels: { 'linkerd.io/control-plane-ns': 'linkerd' },
  },
  data: { values: 'linkerdVersion: edge-26.8.2' },
};

const END = Date.parse('2027-05-01T00:00:00Z') / 1_000;

const ROUTE = '/fleet/clusters/observed';

describe('what control planes say in their metrics', () => {
  let clusters: Record<string, FakeApiServer>;
  let east: FakePrometheus;
  let west: FakePrometheus;
  let mesh: StartedMesh;

  beforeAll(async () => {
    clusters = {
      east: await FakeApiServer.start(),
      west: await FakeApiServer.start(),
      none: await FakeApiServer.start(),
    };
    clusters.east.put(ISTIOD);
    clusters.east.put(LINKERD);
    clusters.west.put(ISTIOD);
    clusters.none.put(ISTIOD);
    east = await FakePrometheus.start();
    west = await FakePrometheus.start();
    mesh = await StartedMesh.start({
      entities: [],
      clusters,
      plugin: createMeshPlugin({ meshes: MESHES, checks: fakeChecks }),
      mesh: {
        prometheus: [
          { name: 'a', url: east.url, clusters: ['east'] },
          {
            name: 'b',
            url: west.url,
            clusters: ['west'],
            clusterLabel: 'kube_cluster',
          },
        ],
      },
    });
    east.answer = query =>
      /citadel_server_root|issuer_cert_ttl/.test(query)
        ? [
            {
              labels: { namespace: 'istio-system', pod: 'istiod-a' },
              value: END,
            },
            {
              labels: { namespace: 'istio-system', pod: 'istiod-b' },
              value: END + 3_600,
            },
          ]
        : [];
    west.failing = 503;
    await mesh.untilClusters({
      east: 'synced',
      west: 'synced',
      none: 'synced',
    });
  });

  afterAll(async () => {
    await mesh?.stop();
    await east?.stop();
    await west?.stop();
    await Promise.all(
      Object.values(clusters ?? {}).map(cluster => cluster.stop()),
    );
  });

  it('is answered for each cluster and mesh by itself', async () => {
    const answer = await mesh.body('admin', ROUTE);
    expect(Date.parse(answer.measuredAt)).not.toBeNaN();
    expect(answer.clusters).toEqual([
      {
        name: 'east',
        meshes: [
          {
            mesh: 'istio',
            state: 'measured',
            store: 'a',
            certificates: [
              expect.objectContaining({
                id: 'root',
                notAfter: '2027-05-01T00:00:00.000Z',
              }),
              expect.objectContaining({ id: 'issuer' }),
            ],
          },
          {
            mesh: 'linkerd',
            state: 'measured',
            store: 'a',
            certificates: [
              expect.objectContaining({
                id: 'issuer',
                notAfter: '2027-05-01T00:00:00.000Z',
              }),
            ],
          },
        ],
      },
      {
        name: 'none',
        meshes: [
          {
            mesh: 'istio',
            state: 'unknown',
            cause: 'not-measured',
            message: expect.stringContaining(
              'No metrics store is configured for the cluster none',
            ),
            certificates: [],
          },
        ],
      },
      {
        name: 'west',
        meshes: [
          {
            mesh: 'istio',
            state: 'unknown',
            cause: 'unreachable',
            message: 'The metrics store b answered 503',
            certificates: [],
          },
        ],
      },
    ]);
  });

  it('names the pod that says so, and those that say something else', async () => {
    const { clusters: answered } = await mesh.body('admin', ROUTE);
    const [root] = answered[0].meshes[0].certificates;
    expect(
      root.validity.reasons.map(({ text }: { text: string }) => text),
    ).toEqual([
      'Metric citadel_server_root_cert_expiry_timestamp of istio-system/istiod-a',
      expect.stringContaining('istio-system/istiod-b'),
    ]);
  });

  it('asks a shared store for the part of the cluster', async () => {
    await mesh.body('admin', ROUTE);
    expect(west.queries).toContain(
      'min by (namespace, pod, instance) (citadel_server_root_cert_expiry_timestamp{kube_cluster="west"})',
    );
  });

  it('is for those who may see the clusters', async () => {
    expect((await mesh.get('reader', ROUTE)).status).toBe(403);
    expect((await mesh.get('nobody', ROUTE)).status).toBe(401);
  });
});
