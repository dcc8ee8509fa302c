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

/** The edits of the objects of a mesh. */
export interface MeshEdits {
  /** A policy of a namespace says something else. */
  policyEdit: Edit;
  /** What holds for the whole mesh says something else. */
  rootEdit: Edit;
}

/** A policy of a namespace says something else: other methods are allowed, or plaintext is taken or not. */
const policyEdit: Edit = (snapshot, index) => {
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
const rootEdit: Edit = (snapshot, index) => {
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
  return [
    configEdit(snapshot, index, {
      namespace: ROOT_NAMESPACE,
      name: 'istio',
      key: 'mesh',
    }),
  ];
};

export const ISTIO_EDITS: MeshEdits = { policyEdit, rootEdit };

/** A Server takes other clients than before, or other callers are known by their names. */
const linkerdPolicyEdit: Edit = (snapshot, index) => {
  if (index % 2 === 0) {
    const server = pick(snapshot, 'policy.linkerd.io/Server', index);
    const { accessPolicy } = server.spec;
    return [
      put('policy.linkerd.io/Server', {
        ...server,
        spec: {
          ...server.spec,
          accessPolicy: accessPolicy === 'audit' ? 'deny' : 'audit',
        },
      }),
    ];
  }
  const kindId = 'policy.linkerd.io/MeshTLSAuthentication';
  const authentication = pick(snapshot, kindId, index);
  return [
    put(kindId, {
      ...authentication,
      spec: {
        identities: [
          `caller-${index}.default.serviceaccount.identity.linkerd.cluster.local`,
        ],
      },
    }),
  ];
};

export const LINKERD_EDITS: MeshEdits = {
  policyEdit: linkerdPolicyEdit,
  rootEdit: (snapshot, index) => [
    configEdit(snapshot, index, {
      namespace: 'linkerd',
      name: 'linkerd-config',
      key: 'values',
    }),
  ],
};

/** A line more in the settings of a control plane. */
function configEdit(
  snapshot: MeshSnapshot,
  index: number,
  at: { namespace: string; name: string; key: string },
): SnapshotChange {
  const config = snapshot.get('ConfigMap', at.namespace, at.name);
  if (!config) {
    throw new TypeError(`The fleet has no ConfigMap ${at.name}`);
  }
  const text = config.data?.[at.key] ?? '';
  return put('ConfigMap', {
    ...config,
    data: { ...config.data, [at.key]: `${text}# ${index}\n` },
  });
}

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
