import { ClusterMesh, MESHES } from 'backstage-plugin-mesh-common';
import { FakeApiServer } from './__testUtils__/FakeApiServer';
import { fakeChecks } from './__testUtils__/fakeChecks';
import { StartedMesh } from './__testUtils__/startMesh';
import { createMeshPlugin } from './plugin';

const ROOT = `-----BEGIN CERTIFICATE-----
MIIBcTCCARegAwIBAgIRAMknHJLGiRzPQfQj/4HObhAwCgYIKoZIzj0EAwIwGDEW
MBQGA1UEChMNY2x1c3Rlci5sb2NhbDAeFw0yNDAxMDEwMDAwMDBaFw00NDAxMDEw
MDAwMDBaMBgxFjAUBgNVBAoTDWNsdXN0ZXIubG9jYWwwWTATBgcqhkjOPQIBBggq
hkjOPQMBBwNCAASF2e6kQDHwXYJdCjD106/cWC4smDwbg1tN3FiwtEpe+KvAeHc6
WRJSqanVd1WNhyb3jgAbkilJNl1iqTK3OGvXo0IwQDAPBgNVHRMBAf8EBTADAQH/
MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQU7rz/PslKKfQp2JQXa917lcH4AnYw
CgYIKoZIzj0EAwIDSAAwRQIhAILOsg3FcTLjvBZPRO9wNRJKMoZB5ORQZBnEfipH
RdO6AiBIWW7CyK/h2ng845yeZnb5zCqmRRJmpt30/IdA3HNE1A==
-----END CERTIFICATE-----
`;

const ISTIOD = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'istiod',
    namespace: 'istio-system',
    labels: { app: 'istiod', 'istio.io/rev': 'default' },
  },
  spec: {
    replicas: 1,
    template: {
      spec: {
        containers: [
          {
            name: 'discovery',
            image: 'pilot:1.30.3',
            env: [
              { name: 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE', value: 'true' },
              { name: 'PASSWORD', value: 'secret' },
            ],
          },
        ],
      },
    },
  },
  status: { readyReplicas: 1 },
};

const ISSUER = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'istio-ca', namespace: 'istio-system' },
  spec: { secretName: 'cacerts', isCA: true },
  status: {
    notAfter: '2026-12-01T00:00:00Z',
    conditions: [{ type: 'Ready', status: 'True' }],
  },
};

/** Of a control plane in this namespace. */
function settingsIn(namespace: string) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'istio',
      namespace,
      labels: { 'istio.io/rev': 'default' },
    },
    data: { mesh: 'trustDomain: td.example' },
  };
}

function rootIn(namespace: string) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio-ca-root-cert', namespace },
    data: { 'root-cert.pem': ROOT },
  };
}

describe('the control planes of a cluster', () => {
  let east: FakeApiServer;
  let mesh: StartedMesh;

  beforeAll(async () => {
    east = await FakeApiServer.start();
    east.install('cert-manager.io/Certificate');
    [
      ISTIOD,
      ISSUER,
      settingsIn('mesh'),
      ...['istio-system', 'mesh', 'shop'].map(rootIn),
    ].forEach(object => east.put(object));
    mesh = await StartedMesh.start({
      entities: [],
      clusters: { east },
      plugin: createMeshPlugin({ meshes: MESHES, checks: fakeChecks }),
    });
    await mesh.untilClusters({ east: 'synced' });
  });

  afterAll(async () => {
    await mesh?.stop();
    await east?.stop();
  });

  async function istio(): Promise<ClusterMesh> {
    const { clusters } = await mesh.body('admin', '/fleet/clusters');
    return clusters[0].meshes.find((one: ClusterMesh) => one.mesh === 'istio');
  }

  it('are told with their certificates and settings, and without what is nobody’s business', async () => {
    const answer = await istio();
    expect(answer).toMatchObject({
      controlPlanes: [
        {
          revision: 'default',
          version: '1.30.3',
          ready: 1,
          replicas: 1,
          settings: [{ name: 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE' }],
        },
      ],
      certificates: [
        {
          id: 'root',
          notAfter: '2044-01-01T00:00:00.000Z',
          validity: {
            value: 'known',
            reasons: [{ object: { namespace: 'istio-system' } }],
          },
        },
        {
          id: 'issuer',
          notAfter: '2026-12-01T00:00:00Z',
          renewal: { value: 'good' },
        },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain('PASSWORD');
  });

  it('read neither Secrets nor the copies of the root in namespaces without a control plane', () => {
    expect(east.seen.filter(({ path }) => path.includes('secrets'))).toEqual(
      [],
    );
    const selectors = east.seen.flatMap(
      ({ query }) => query.get('fieldSelector') ?? [],
    );
    expect(new Set(selectors)).toEqual(
      new Set([
        'metadata.name=istio-ca-root-cert,metadata.namespace=istio-system',
        'metadata.name=istio-ca-root-cert,metadata.namespace=mesh',
      ]),
    );
  });

  it('look for the authority where istiod runs, which may move', async () => {
    const { clusters } = await mesh.body('admin', '/fleet/clusters');
    expect(clusters[0].status).toBe('synced');
    east.put({
      ...ISTIOD,
      metadata: { ...ISTIOD.metadata, namespace: 'mesh' },
    });
    east.delete('apps/Deployment', 'istio-system', 'istiod');
    const { certificates = [] } = await mesh.until(
      istio,
      answer => answer.controlPlanes[0].namespace === 'mesh',
    );
    expect(certificates[0]).toMatchObject({
      notAfter: '2044-01-01T00:00:00.000Z',
      validity: { reasons: [{ object: { namespace: 'mesh' } }] },
    });
    east.put(ISTIOD);
    east.delete('apps/Deployment', 'mesh', 'istiod');
    await mesh.until(
      istio,
      answer => answer.controlPlanes[0].namespace === 'istio-system',
    );
  });

  it('change with what they are told by', async () => {
    east.put({
      ...ISTIOD,
      status: { readyReplicas: 0 },
    });
    const { controlPlanes } = await mesh.until(
      istio,
      answer => answer.controlPlanes[0].ready === 0,
    );
    expect(
      controlPlanes[0].facts?.find(({ id }) => id === 'ready')?.answer.value,
    ).toBe('bad');
  });
});
