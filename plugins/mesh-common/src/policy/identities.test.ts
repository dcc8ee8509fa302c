import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, pod } from '../istio/__testUtils__/istio';
import { MESHES } from '../mesh/meshes';
import { workloadsIn } from '../mesh/workloads';
import { placeOf } from './__testUtils__/places';
import { identitiesOf } from './identities';

function identities(snapshot: ReturnType<typeof clusterOf>, name: string) {
  const workloads = [...workloadsIn(snapshot, 'shop').values()].filter(
    ({ ref }) => ref.name.startsWith(name),
  );
  return identitiesOf(snapshot, workloads, MESHES);
}

it('is what the pods run under, in the words of their mesh', () => {
  expect(identities(placeOf('sidecar'), 'web')).toMatchObject([
    {
      cluster: 'test',
      namespace: 'shop',
      serviceAccount: 'web',
      mesh: 'istio',
      mode: 'sidecar',
      trustDomain: 'cluster.local',
      identity: 'cluster.local/ns/shop/sa/web',
      pods: 1,
    },
  ]);
  expect(identities(placeOf('linkerd'), 'web')).toMatchObject([
    {
      mesh: 'linkerd',
      trustDomain: 'mesh.example',
      identity: 'web.shop.serviceaccount.identity.linkerd.mesh.example',
    },
  ]);
});

it('is several where the pods differ, and none of the mesh without a proxy', () => {
  const snapshot = clusterOf(
    ISTIO +
      pod('web-a', { serviceAccount: 'default' }) +
      pod('web-b', { serviceAccount: 'web' }) +
      pod('web-c', { serviceAccount: 'web', mode: 'none' }),
  );
  const found = identities(snapshot, 'web');
  expect(found).toHaveLength(3);
  expect(
    found.map(({ serviceAccount, mesh }) => [serviceAccount, mesh]),
  ).toEqual(
    expect.arrayContaining([
      ['default', 'istio'],
      ['web', 'istio'],
      ['web', undefined],
    ]),
  );
});

it('tells apart how pods under one account take part', () => {
  const snapshot = clusterOf(
    ISTIO +
      pod('web-a', { serviceAccount: 'web' }) +
      pod('web-b', { serviceAccount: 'web', mode: 'ambient' }),
  );
  expect(identities(snapshot, 'web').map(({ mode }) => mode)).toEqual([
    'ambient',
    'sidecar',
  ]);
});

it('is nothing for a workload without pods, whatever its template says', () => {
  const snapshot = clusterOf(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web } }
    spec: { serviceAccountName: web, containers: [] }
`);
  expect(workloadsIn(snapshot, 'shop').size).toBe(1);
  expect(identities(snapshot, 'web')).toEqual([]);
});
