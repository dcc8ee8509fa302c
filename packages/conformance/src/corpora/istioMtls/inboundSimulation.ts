import { z } from 'zod';
import { Comparison } from '../../corpus';
import { outcomeOf, serverPod } from '../istiodInbound';
import { MtlsCase, mtlsCluster } from './case';

const callsSchema = z.array(
  z.object({
    name: z.string(),
    port: z.number(),
    protocol: z.enum(['HTTP', 'TCP']),
    transport: z.enum(['Plaintext', 'MTLS', 'TLS']),
    accepted: z.boolean(),
  }),
);

const TLS = { Plaintext: 'plaintext', MTLS: 'mtls', TLS: 'tls' } as const;

/** Which connections a sidecar accepts. */
export function inboundSimulation(entry: MtlsCase): Comparison {
  const snapshot = mtlsCluster(entry);
  const pod = serverPod(snapshot, entry);
  const calls = callsSchema.parse(entry.expect.calls);
  return {
    expected: calls.map(({ name, accepted }) => ({ name, accepted })),
    actual: calls.map(({ name, port, protocol, transport }) => ({
      name,
      accepted: outcomeOf(snapshot, pod, port, {
        tls: TLS[transport],
        speaks: protocol === 'HTTP' ? 'http' : 'tcp',
      }).accepted,
    })),
  };
}
