import {
  Accepts,
  connectionTo,
  MeshSnapshot,
  Pod,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { meshNamed } from '../cluster';
import { corpus } from '../corpus';
import { istiodCase, istiodCluster } from './istiodCase';

const serverSchema = z.object({
  namespace: z.string(),
  labels: z.record(z.string(), z.string()),
});

const protocolSchema = z.enum(['http', 'tcp']);

const portSchema = z.object({ port: z.number(), protocol: protocolSchema });

const callSchema = z.object({
  port: z.number(),
  tls: z.enum(['plaintext', 'mtls', 'tls']),
  accepted: z.boolean(),
  opaque: z.boolean().optional(),
});

/** A configuration, and the proxy that got it. */
export const istiodServerCase = istiodCase.extend({ server: serverSchema });

const MODES: Partial<Record<Accepts, string>> = {
  'mtls-only': 'STRICT',
  'mtls-or-plaintext': 'PERMISSIVE',
  'plaintext-only': 'DISABLE',
};

/** The modes of mutual TLS on the ports of a sidecar and what it accepts, by what istiod gave the proxy. */
export const istiodInbound = corpus({
  name: 'istiod-inbound',
  schema: istiodCase.extend({
    server: serverSchema.extend({ ports: z.array(portSchema) }),
    calls: z.array(callSchema),
    expect: z.object({ ports: z.record(z.string(), z.string()) }),
  }),
  compare(entry) {
    const snapshot = istiodCluster(entry);
    const pod = serverPod(snapshot, entry.server);
    const { ports } = entry.expect;
    const protocols = new Map(
      entry.server.ports.map(({ port, protocol }) => [port, protocol]),
    );
    return {
      expected: { ports, calls: entry.calls },
      actual: {
        ports: Object.fromEntries(
          Object.keys(ports).map(port => [
            port,
            modeOn(snapshot, pod, Number(port)),
          ]),
        ),
        calls: entry.calls.map(({ port, tls }) => ({
          port,
          tls,
          ...outcomeOf(snapshot, pod, port, {
            tls,
            speaks: protocols.get(port) ?? 'tcp',
          }),
        })),
      },
    };
  },
});

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

const TLS = { plaintext: 'none', mtls: 'mesh', tls: 'other' } as const;

/** Whether a connection comes through, and whether still encrypted. */
export function outcomeOf(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
  { tls, speaks }: { tls: keyof typeof TLS; speaks: 'http' | 'tcp' },
): { accepted: boolean; opaque?: boolean } {
  const { value } = connectionTo(snapshot, pod, port, 'sidecar', {
    tls: TLS[tls],
    speaks,
  });
  return {
    accepted: value !== 'refused',
    ...(value === 'opaque' && { opaque: true }),
  };
}
