import { MeshSnapshot } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { clusterOf, istioSettings } from '../../cluster';

const objects = z.array(z.looseObject({})).default([]);

export const mtlsCase = z.looseObject({
  id: z.string(),
  kind: z.string(),
  rootNamespace: z.string().default('istio-system'),
  namespace: z.string().default('default'),
  labels: z.record(z.string(), z.string()).default({}),
  port: z.number().optional(),
  peerAuthentications: objects,
  otherObjects: objects,
  destinationRules: objects,
  expect: z.looseObject({}),
});

export type MtlsCase = z.infer<typeof mtlsCase>;

/** The address of the proxy in Istio's simulations, which name it in ServiceEntries. */
const ADDRESS = '1.1.1.1';

/** The cluster of a case, with a pod of the workload that it is about. */
export function mtlsCluster(
  {
    rootNamespace,
    namespace,
    labels,
    peerAuthentications,
    otherObjects,
    destinationRules,
  }: MtlsCase,
  more: readonly object[] = [],
): MeshSnapshot {
  return clusterOf([
    istioSettings({ rootNamespace }),
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'server', namespace, labels },
      status: { podIP: ADDRESS },
    },
    ...peerAuthentications,
    ...otherObjects,
    ...destinationRules,
    ...more,
  ]);
}
