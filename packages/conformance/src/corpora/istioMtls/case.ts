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
  /** Names the features of istiod that a case needs: `feature NAME=value`. */
  note: z.string().default(''),
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
    note,
  }: MtlsCase,
  more: readonly object[] = [],
): MeshSnapshot {
  return clusterOf([
    istioSettings({ rootNamespace }),
    ...featuresOf(note),
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

/** istiod with the features that a note names. */
function featuresOf(note: string): object[] {
  const env = [...note.matchAll(/feature ([A-Z_]+)=([a-z0-9]+)/g)].map(
    ([, name, value]) => ({ name, value }),
  );
  return env.length === 0
    ? []
    : [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: {
            name: 'istiod',
            namespace: 'istio-system',
            labels: { app: 'istiod' },
          },
          spec: {
            selector: { matchLabels: { app: 'istiod' } },
            template: {
              metadata: { labels: { app: 'istiod' } },
              spec: { containers: [{ name: 'discovery', env }] },
            },
          },
        },
      ];
}
