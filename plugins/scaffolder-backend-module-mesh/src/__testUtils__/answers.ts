import {
  CallerIdentity,
  IdentitiesAnswer,
  parsePlannedObjects,
  Placement,
  PlacementsAnswer,
  PlannedObject,
} from 'backstage-plugin-mesh-common';

const reasons = [{ rule: 'test', text: 'The namespace is labelled' }];

function place(
  cluster: string,
  namespace: string,
  rest: Partial<Placement>,
): Placement {
  return { cluster, namespace, mode: { value: 'none', reasons }, ...rest };
}

const istio = {
  mesh: 'istio',
  meshTitle: 'Istio',
  trustDomain: 'cluster.local',
};

/** Two clusters: east with Istio, west with Linkerd. */
export const PLACEMENTS: PlacementsAnswer = {
  clusters: [
    { name: 'east', status: 'synced', unread: [] },
    {
      name: 'west',
      status: 'stale',
      message: 'It has not answered since noon',
      unread: [],
    },
  ],
  placements: [
    place('east', 'legacy', {}),
    place('east', 'shop', { ...istio, mode: { value: 'sidecar', reasons } }),
    place('east', 'books', { ...istio, mode: { value: 'ambient', reasons } }),
    place('west', 'emojipoll', {
      mesh: 'linkerd',
      meshTitle: 'Linkerd',
      trustDomain: 'cluster.local',
      mode: { value: 'sidecar', reasons },
    }),
  ],
};

/** The same as the backend answers it to this URL: of all objects, only the Service `taken` is there. */
export function placementsOf(url: string): PlacementsAnswer {
  const objects = new URL(url).searchParams.get('objects');
  return objects
    ? {
        ...PLACEMENTS,
        placements: PLACEMENTS.placements.map(placement => ({
          ...placement,
          planned: parsePlannedObjects(objects).map(planned => ({
            ...planned,
            ...stateOf(planned),
          })),
        })),
      }
    : PLACEMENTS;
}

function stateOf({ kind, name }: PlannedObject) {
  if (kind === 'ServiceAccount') {
    return {
      state: 'unknown' as const,
      why: 'The portal does not read ServiceAccount objects',
    };
  }
  return {
    state:
      kind === 'Service' && name === 'taken'
        ? ('exists' as const)
        : ('absent' as const),
  };
}

function account(
  cluster: string,
  namespace: string,
  serviceAccount: string,
  mesh: string | undefined = 'istio',
): CallerIdentity {
  return {
    cluster,
    namespace,
    serviceAccount,
    ...(mesh && { mesh }),
    mode: mesh ? 'sidecar' : 'none',
    pods: 1,
    workloads: [{ cluster, namespace, kind: 'Deployment', name: 'any' }],
  };
}

const IDENTITIES: Record<string, CallerIdentity[]> = {
  storefront: [account('east', 'front', 'storefront-runner')],
  several: [account('east', 'shop', 'a'), account('east', 'shop', 'default')],
  voter: [account('west', 'emojipoll', 'voter', 'linkerd')],
  bare: [account('east', 'shop', 'bare', '')],
  planned: [],
};

/** Under which accounts an entity runs; undefined where there is none of that name. */
export function identitiesOf(name: string): IdentitiesAnswer | undefined {
  const identities = IDENTITIES[name];
  return (
    identities && {
      entityRef: `component:default/${name}`,
      clusters: PLACEMENTS.clusters,
      identities,
    }
  );
}
