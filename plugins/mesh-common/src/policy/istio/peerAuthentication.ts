import {
  Manifest,
  manifest,
  metadataOf,
  podLabels,
  PolicyTask,
} from '../manifest';

/** Requires mutual TLS of whoever connects to the pods, whatever the namespace says. */
export function peerAuthentication(task: PolicyTask): Manifest {
  return manifest(
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: metadataOf(task),
      spec: {
        selector: { matchLabels: podLabels(task.intent) },
        mtls: { mode: 'STRICT' },
      },
    },
    'Refuses connections without mutual TLS',
    ['mtls'],
  );
}
