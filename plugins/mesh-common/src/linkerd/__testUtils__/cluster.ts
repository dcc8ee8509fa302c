import { parseAllDocuments } from 'yaml';
import { Pod } from '../../kubernetes/core';
import { KindId } from '../../kubernetes/kinds';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { SnapshotOrigin } from '../../snapshot/readState';
import { SnapshotChange } from '../../snapshot/SnapshotChange';

/** The control plane's settings, as the chart writes them. */
export const CONTROL_PLANE = `
apiVersion: v1
kind: ConfigMap
metadata:
  name: linkerd-config
  namespace: linkerd
data:
  values: |
    linkerdVersion: edge-26.8.2
    clusterDomain: cluster.local
    clusterNetworks: 10.0.0.0/8,fd00::/8
    identityTrustDomain: mesh.example
    proxy:
      defaultInboundPolicy: all-unauthenticated
      opaquePorts: "3306,6379"
    proxyInit:
      ignoreInboundPorts: "4567"
      ignoreOutboundPorts: "4567"
`;

/** A cluster of these objects. */
export function clusterOf(
  yaml: string,
  options: {
    origin?: SnapshotOrigin;
    name?: string;
    /** Kinds that could not be read. */
    forbidden?: readonly KindId[];
  } = {},
): MeshSnapshot {
  const objects = parseAllDocuments(yaml).map(parsed => {
    const [error] = parsed.errors;
    if (error) {
      throw error;
    }
    return parsed.toJS();
  });
  const forbidden = (options.forbidden ?? []).map(
    (kindId): SnapshotChange => ({
      type: 'read',
      kindId,
      read: { state: 'forbidden', message: `${kindId} is forbidden` },
    }),
  );
  return MeshSnapshot.of(
    options.name ?? 'test',
    objects.filter(object => object !== null),
    options.origin,
  ).apply(forbidden);
}

/** A pod with a proxy, as the injector makes it. */
export function meshedPod(
  name: string,
  options: {
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    account?: string;
    ports?: { name?: string; containerPort: number; protocol?: string }[];
    readiness?: { path?: string; port: number | string };
    native?: boolean;
    identity?: string | null;
    roots?: string;
    ip?: string;
    owner?: { kind: string; name: string };
  } = {},
): string {
  const {
    namespace = 'shop',
    identity = '$(_pod_sa).$(_pod_ns).serviceaccount.identity.$(_l5d_ns).mesh.example',
  } = options;
  const proxy = {
    name: 'linkerd-proxy',
    image: 'cr.l5d.io/linkerd/proxy:edge-26.8.2',
    ...(options.native && { restartPolicy: 'Always' }),
    ports: [{ name: 'linkerd-admin', containerPort: 4191 }],
    env: [
      { name: '_pod_sa', valueFrom: {} },
      { name: '_l5d_ns', value: 'linkerd' },
      ...(identity === null
        ? []
        : [{ name: 'LINKERD2_PROXY_IDENTITY_LOCAL_NAME', value: identity }]),
      ...(options.roots
        ? [
            {
              name: 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS',
              value: options.roots,
            },
          ]
        : []),
    ],
  };
  const app = {
    name: 'app',
    ports: options.ports ?? [{ name: 'http', containerPort: 8080 }],
    ...(options.readiness && {
      readinessProbe: { httpGet: options.readiness },
    }),
  };
  return document({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: {
        app: name,
        'linkerd.io/control-plane-ns': 'linkerd',
        ...options.labels,
      },
      annotations: options.annotations ?? {},
      ...(options.owner && {
        ownerReferences: [
          { apiVersion: 'apps/v1', controller: true, ...options.owner },
        ],
      }),
    },
    spec: {
      serviceAccountName: options.account ?? name,
      containers: options.native ? [app] : [proxy, app],
      initContainers: options.native ? [proxy] : [],
    },
    status: {
      phase: 'Running',
      podIP: options.ip ?? '10.1.0.7',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  });
}

/** One object as a YAML document. */
export function document(object: object): string {
  return `---\n${JSON.stringify(object)}\n`;
}

/** A pod that must be there. */
export function podOf(
  snapshot: MeshSnapshot,
  name: string,
  namespace = 'shop',
): Pod {
  const pod = snapshot.get('Pod', namespace, name);
  if (!pod) {
    throw new Error(`There is no pod ${namespace}/${name}`);
  }
  return pod;
}
