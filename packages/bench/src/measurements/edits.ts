import {
  KindId,
  MeshSnapshot,
  ObjectOf,
  SnapshotChange,
} from 'backstage-plugin-mesh-common';

/** What changes in the fleet, differently for each index. */
export type Edit = (snapshot: MeshSnapshot, index: number) => SnapshotChange[];

/** Steps over the objects of a kind that meet all namespaces and, in time, all objects. */
const STRIDE = 7_919;

const POLICY_KINDS = [
  'security.istio.io/AuthorizationPolicy',
  'security.istio.io/PeerAuthentication',
] as const;

const ROOT_NAMESPACE = 'istio-system';

/** A policy of a namespace says something else: other methods are allowed, or plaintext is taken or not. */
export const policyEdit: Edit = (snapshot, index) => {
  const kindId = POLICY_KINDS[index % POLICY_KINDS.length];
  if (kindId === 'security.istio.io/PeerAuthentication') {
    const policy = pick(snapshot, kindId, index);
    const strict = policy.spec?.mtls?.mode === 'STRICT';
    return [
      put(kindId, {
        ...policy,
        spec: {
          ...policy.spec,
          mtls: { mode: strict ? 'PERMISSIVE' : 'STRICT' },
        },
      }),
    ];
  }
  const policy = pick(snapshot, kindId, index);
  const rules = policy.spec?.rules ?? [];
  return [
    put(kindId, {
      ...policy,
      spec: {
        ...policy.spec,
        rules: [
          ...rules,
          { to: [{ operation: { methods: ['GET'], paths: [`/${index}`] } }] },
        ],
      },
    }),
  ];
};

/** A pod becomes ready or is no longer, is made, or is gone. */
export const podEdit: Edit = (snapshot, index) => {
  const pod = pick(snapshot, 'Pod', index);
  const { name, namespace } = pod.metadata;
  switch (index % 4) {
    case 0:
      return [
        put('Pod', {
          ...pod,
          metadata: { ...pod.metadata, name: `${name}-${index}` },
        }),
      ];
    case 1:
      return [{ type: 'delete', kindId: 'Pod', namespace, name }];
    default:
      return [
        put('Pod', {
          ...pod,
          status: {
            containerStatuses: [],
            initContainerStatuses: [],
            ...pod.status,
            conditions: (pod.status?.conditions ?? []).map(condition =>
              condition.type === 'Ready'
                ? {
                    ...condition,
                    status: condition.status === 'True' ? 'False' : 'True',
                  }
                : condition,
            ),
          },
        }),
      ];
  }
};

/** The policy of the whole mesh, or the mesh config. */
export const rootEdit: Edit = (snapshot, index) => {
  if (index % 2 === 0) {
    return [
      put('security.istio.io/PeerAuthentication', {
        apiVersion: 'security.istio.io/v1',
        kind: 'PeerAuthentication',
        metadata: {
          name: 'default',
          namespace: ROOT_NAMESPACE,
          labels: {},
          annotations: {},
          ownerReferences: [],
        },
        spec: { mtls: { mode: index % 4 === 0 ? 'STRICT' : 'PERMISSIVE' } },
      }),
    ];
  }
  const config = snapshot.get('ConfigMap', ROOT_NAMESPACE, 'istio');
  if (!config) {
    throw new TypeError('The fleet has no mesh config');
  }
  return [
    put('ConfigMap', {
      ...config,
      data: {
        ...config.data,
        mesh: `${config.data?.mesh ?? ''}# ${index}\n`,
      },
    }),
  ];
};

function pick<K extends KindId>(
  snapshot: MeshSnapshot,
  kindId: K,
  index: number,
): ObjectOf<K> {
  const objects = [...snapshot.list(kindId)];
  return objects[(index * STRIDE) % objects.length];
}

function put<K extends KindId>(kindId: K, object: ObjectOf<K>): SnapshotChange {
  // The kind and its object belong together.
  return {
    type: 'put',
    parsed: { kindId, object } as Extract<
      SnapshotChange,
      { type: 'put' }
    >['parsed'],
  };
}
