import { clusterOf } from '../__testUtils__/cluster';
import { meshSettings, service } from '../istio/__testUtils__/istio';
import { gateway, mirror } from '../linkerd/walk/__testUtils__/clusters';
import { clusterOf as linkerdCluster } from '../linkerd/__testUtils__/cluster';
import { MeshLinks } from './MeshLinks';
import { MESHES } from './meshes';

const cluster = (name: string, mesh?: string) =>
  clusterOf(meshSettings(mesh ? `defaultConfig: { meshId: ${mesh} }` : ''), {
    name,
  });
const [east, west, north] = [
  cluster('east', 'one'),
  cluster('west', 'one'),
  cluster('north', 'two'),
];

describe('MeshLinks', () => {
  it('links clusters whose mesh has one name', () => {
    const linked = MeshLinks.create(MESHES).link([east, north, west]);
    expect(linked.map(({ cluster: name }) => name)).toEqual([
      'east',
      'north',
      'west',
    ]);
    expect(linked.map(snapshot => snapshot.peers('istio'))).toEqual([
      [west],
      [],
      [east],
    ]);
    expect(linked[1]).toBe(north);
  });

  it('links none that do not say of which mesh they are', () => {
    const alone = [cluster('a'), cluster('b')];
    expect(MeshLinks.create(MESHES).link(alone)).toEqual(alone);
  });

  it('takes a cluster that cannot be asked for one that may be of the same mesh', () => {
    const away = clusterOf('', { name: 'away', forbidden: ['ConfigMap'] });
    const alone = cluster('alone');
    const linked = MeshLinks.create(MESHES).link([east, away, alone]);
    expect(linked.map(snapshot => snapshot.peers('istio'))).toEqual([
      [away],
      [],
      [],
    ]);
  });

  it('links clusters for the mesh that leads from one to the other', () => {
    const client = linkerdCluster(mirror('cart-south'), { name: 'client' });
    const south = linkerdCluster(gateway(), { name: 'east' });
    const [linked, other] = MeshLinks.create(MESHES).link([client, south]);
    expect(linked.peers('linkerd')).toEqual([south]);
    expect(linked.peers('istio')).toEqual([]);
    expect(other).toBe(south);
  });

  it('gives the same where nothing has changed, and another where a peer has', () => {
    const links = MeshLinks.create(MESHES);
    const first = links.link([east, west]);
    expect(links.link([east, west])[0]).toBe(first[0]);
    const changed = west.apply([
      { type: 'delete', kindId: 'Service', namespace: 'shop', name: 'cart' },
      ...clusterChanges(),
    ]);
    const next = links.link([east, changed]);
    expect(next[0]).not.toBe(first[0]);
    expect(next[0].peers('istio')).toEqual([changed]);
  });
});

function clusterChanges() {
  const [object] = clusterOf(service('cart')).list('Service');
  return [
    {
      type: 'put' as const,
      parsed: { kindId: 'Service' as const, object },
    },
  ];
}
