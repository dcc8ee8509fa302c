import { MeshSnapshot, SnapshotOrigin } from 'backstage-plugin-mesh-common';
import { stringify } from 'yaml';
import { z } from 'zod';
import { clusterOf } from '../../cluster';

const clusterSchema = z.object({
  networks: z.array(z.string()),
  controlPlaneNamespace: z.string(),
  identityDomain: z.string(),
  dnsDomain: z.string().optional(),
  defaultPolicy: z.string(),
  probeNetworks: z.array(z.string()),
  globalEgressNetworkNamespace: z.string(),
  defaultOpaquePorts: z.array(z.number()).optional(),
});

/** Objects, the settings of the control plane, and a question about them. */
export const linkerdCase = z.object({
  id: z.string(),
  cluster: clusterSchema,
  objects: z.array(z.looseObject({ apiVersion: z.string(), kind: z.string() })),
  query: z.looseObject({ type: z.string() }),
  expect: z.unknown(),
});

export type LinkerdCase = z.infer<typeof linkerdCase>;

/** The cluster of a case. Where its question is what the controller would write, the objects count as files. */
export function linkerdCluster(
  { cluster, objects }: LinkerdCase,
  origin: SnapshotOrigin = 'cluster',
): MeshSnapshot {
  return clusterOf([settingsOf(cluster), ...objects.map(withProxy)], origin);
}

const proxyHolderSchema = z.looseObject({
  kind: z.literal('Pod'),
  spec: z.looseObject({
    containers: z.array(z.looseObject({ name: z.string() })),
    initContainers: z.array(z.looseObject({ name: z.string() })).optional(),
  }),
});

const PROXY = 'linkerd-proxy';

/** Proxies ask the controller, so the pods of the cases have one, whether they write it or not. */
function withProxy(object: object): object {
  const { success, data: pod } = proxyHolderSchema.safeParse(object);
  if (!success) {
    return object;
  }
  const { containers, initContainers = [] } = pod.spec;
  return [...containers, ...initContainers].some(({ name }) => name === PROXY)
    ? object
    : {
        ...pod,
        spec: { ...pod.spec, containers: [...containers, { name: PROXY }] },
      };
}

/** The settings of the control plane, where its chart keeps them. */
function settingsOf(cluster: LinkerdCase['cluster']): object {
  const { dnsDomain, defaultOpaquePorts } = cluster;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'linkerd-config',
      namespace: cluster.controlPlaneNamespace,
    },
    data: {
      values: stringify({
        ...(dnsDomain && { clusterDomain: dnsDomain }),
        clusterNetworks: cluster.networks.join(','),
        identityTrustDomain: cluster.identityDomain,
        policyController: { probeNetworks: cluster.probeNetworks },
        egress: {
          globalEgressNetworkNamespace: cluster.globalEgressNetworkNamespace,
        },
        proxy: {
          defaultInboundPolicy: cluster.defaultPolicy,
          opaquePorts: (defaultOpaquePorts ?? []).join(','),
        },
      }),
    },
  };
}
