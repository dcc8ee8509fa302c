import {
  IdentitiesAnswer,
  Placement,
  PlacementsAnswer,
} from 'backstage-plugin-mesh-common';
import { fleetClusters } from './fleet';

function placement(
  cluster: string,
  namespace: string,
  rest: Partial<Placement> & Pick<Placement, 'mode'>,
): Placement {
  return { cluster, namespace, ...rest };
}

const reasons = [{ rule: 'fixture', text: 'The labels of the namespace' }];

/** Namespaces of two clusters: in Istio with sidecars and in ambient mode, in Linkerd, and in no mesh. */
export const placements: PlacementsAnswer = {
  clusters: fleetClusters.clusters.map(
    ({ meshes: _, workloads: __, findings: ___, ...state }) => state,
  ),
  placements: [
    placement('east', 'legacy', { mode: { value: 'none', reasons } }),
    placement('east', 'payments', {
      mesh: 'istio',
      meshTitle: 'Istio',
      mode: { value: 'ambient', reasons },
      trustDomain: 'cluster.local',
      waypoint: { namespace: 'payments', name: 'waypoint' },
    }),
    placement('east', 'shop', {
      mesh: 'istio',
      meshTitle: 'Istio',
      mode: { value: 'sidecar', reasons },
      trustDomain: 'cluster.local',
    }),
    placement('west', 'emojipoll', {
      mesh: 'linkerd',
      meshTitle: 'Linkerd',
      mode: { value: 'sidecar', reasons },
      trustDomain: 'cluster.local',
    }),
  ],
};

export const identities: IdentitiesAnswer = {
  entityRef: 'component:default/reviews',
  clusters: placements.clusters,
  identities: [],
};
