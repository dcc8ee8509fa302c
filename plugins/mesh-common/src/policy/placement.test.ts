import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, namespace } from '../istio/__testUtils__/istio';
import { MESHES } from '../mesh/meshes';
import { PlaceName, placementOf } from './__testUtils__/places';
import { placementIn } from './placement';

describe('placementIn', () => {
  it.each<[PlaceName, object]>([
    [
      'sidecar',
      {
        cluster: 'test',
        namespace: 'shop',
        mesh: 'istio',
        meshTitle: 'Istio',
        trustDomain: 'cluster.local',
        mode: { value: 'sidecar' },
      },
    ],
    ['ambient', { mesh: 'istio', mode: { value: 'ambient' } }],
    [
      'waypoint',
      {
        mesh: 'istio',
        mode: { value: 'ambient' },
        waypoint: {
          namespace: 'shop',
          name: 'gate',
          serviceAccount: 'gate-runner',
        },
      },
    ],
    [
      'linkerd',
      {
        mesh: 'linkerd',
        meshTitle: 'Linkerd',
        trustDomain: 'mesh.example',
        mode: { value: 'sidecar' },
      },
    ],
    ['bare', { mode: { value: 'none' } }],
  ])('%s', (place, expected) => {
    const found = placementOf(place);
    expect(found).toMatchObject(expected);
    expect(found.waypoint === undefined).toBe(place !== 'waypoint');
    expect(found.mesh === undefined).toBe(place === 'bare');
  });

  it('does not say that there is no waypoint where Gateways cannot be read', () => {
    const snapshot = clusterOf(
      ISTIO +
        namespace(
          'shop',
          'istio.io/dataplane-mode: ambient, istio.io/use-waypoint: gate',
        ),
      { forbidden: ['gateway.networking.k8s.io/Gateway'] },
    );
    expect(placementIn(snapshot, 'shop', MESHES)).toMatchObject({
      mode: { value: 'unknown', cause: 'forbidden' },
    });
  });
});
