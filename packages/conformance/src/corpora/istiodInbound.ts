import { Accepts, MeshSnapshot, Pod } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { clusterOf, istioSettings, meshNamed, objectsOf } from '../cluster';
import { corpus } from '../corpus';

const serverSchema = z.object({
  namespace: z.string(),
  labels: z.record(z.string(), z.string()),
});

/** A configuration, and the proxy that got it. */
export const istiodCase = z.object({
  id: z.string(),
  meshConfig: z.string().nullable(),
  rootNamespace: z.string(),
  objects: z.string(),
  server: serverSchema,
});

const MODES: Partial<Record<Accepts, string>> = {
  'mtls-only': 'STRICT',
  'mtls-or-plaintext': 'PERMISSIVE',
  'plaintext-only': 'DISABLE',
};

/** The mode of mutual TLS that is in effect on the ports of a sidecar, by what istiod gave the proxy. */
export const istiodInbound = corpus({
  name: 'istiod-inbound',
  schema: istiodCase.extend({
    expect: z.object({ ports: z.record(z.string(), z.string()) }),
  }),
  compare(entry) {
    const snapshot = istiodCluster(entry);
    const pod = serverPod(snapshot, entry.server);
    const { ports } = entry.expect;
    return {
      expected: ports,
      actual: Object.fromEntries(
        Object.keys(ports).map(port => [
          port,
          modeOn(snapshot, pod, Number(port)),
        ]),
      ),
    };
  },
});

/** The cluster of a case. */
export function istiodCluster(entry: z.infer<typeof istiodCase>): MeshSnapshot {
  return clusterOf([istioSettings(entry), ...objectsOf(entry.objects)]);
}

/** A pod of the workload that the case is about. */
export function serverPod(
  snapshot: MeshSnapshot,
  { namespace, labels }: z.infer<typeof serverSchema>,
): Pod {
  for (const pod of snapshot.list('Pod', namespace)) {
    if (
      Object.entries(labels).every(
        ([key, value]) => pod.metadata.labels[key] === value,
      )
    ) {
      return pod;
    }
  }
  throw new Error(`No pod of ${namespace} has ${JSON.stringify(labels)}`);
}

/** In Istio's words, what a sidecar accepts; in ours where Istio has none. */
export function modeOn(snapshot: MeshSnapshot, pod: Pod, port: number): string {
  const { accepts } = meshNamed('istio').accepts(
    snapshot,
    pod,
    port,
    'sidecar',
  );
  return MODES[accepts.value] ?? accepts.value;
}
