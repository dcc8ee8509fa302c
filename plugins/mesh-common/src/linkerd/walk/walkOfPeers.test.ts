import { walkRequestSchema } from '../../contract/schemas/walk';
import { MeshLinks } from '../../mesh/MeshLinks';
import { MESHES } from '../../mesh/meshes';
import { requestWalk } from '../../mesh/requestWalk';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { TrackedCache } from '../../snapshot/TrackedCache';
import { clusterOf, CONTROL_PLANE } from '../__testUtils__/cluster';
import { gateway, mirror } from './__testUtils__/clusters';
import { CART, DENY, service, WEB } from './__testUtils__/walked';

const THROUGH_GATEWAY = mirror('cart-east');
const DISCOVERED = mirror('cart-east', {
  labels: {
    'mirror.linkerd.io/mirrored-service': 'true',
    'mirror.linkerd.io/cluster-name': 'east',
    'multicluster.linkerd.io/remote-discovery': 'east',
    'multicluster.linkerd.io/remote-service': 'cart',
  },
});
/** A walk into a cluster that changes, and how often it was computed. */
function walks(west: string) {
  const cache = new TrackedCache<string>();
  const own = clusterOf(CONTROL_PLANE + west, { name: 'west' });
  const links = MeshLinks.create(MESHES);
  const request = walkRequestSchema.parse({
    from: {
      workload: {
        cluster: 'west',
        namespace: 'shop',
        kind: 'Pod',
        name: 'web',
      },
    },
    host: 'cart-east',
    port: 80,
  });
  let computed = 0;
  return (east: MeshSnapshot) => {
    const [snapshot] = links.link([own, east]);
    const outcome = cache.get(snapshot, 'walk', tracked => {
      computed += 1;
      return requestWalk(tracked, request, MESHES).outcome.value;
    });
    return [outcome, computed];
  };
}

describe('a walk into another cluster that is kept', () => {
  it.each([
    ['through its gateway', THROUGH_GATEWAY],
    ['to its endpoints', DISCOVERED],
  ])('is made anew where something on its way changes, %s', (_, mirroring) => {
    const walk = walks(WEB + mirroring);
    const east = (yaml: string) =>
      clusterOf(CONTROL_PLANE + CART + gateway() + yaml, { name: 'east' });
    const first = east('');
    expect(walk(first)).toEqual(['delivered', 1]);
    const others = [...east(service('other')).list('Service', 'shop')];
    const grown = first.apply(
      others
        .filter(({ metadata }) => metadata.name === 'other')
        .map(object => ({
          type: 'put',
          parsed: { kindId: 'Service', object },
        })),
    );
    expect(grown.get('Service', 'shop', 'other')).toBeDefined();
    expect(walk(grown)).toEqual(['delivered', 1]);
    expect(walk(east(DENY))).toEqual(['denied', 2]);
  });
});
