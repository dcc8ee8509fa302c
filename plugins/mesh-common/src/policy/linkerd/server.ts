import {
  Manifest,
  manifest,
  metadataOf,
  podLabels,
  PolicyTask,
} from '../manifest';

/** How Linkerd is told of the protocol. Of gRPC, routes by path apply to HTTP/2. */
const PROTOCOLS = { http: 'HTTP/1', grpc: 'HTTP/2', tcp: 'opaque' } as const;

/** The port of the pods. Who no authorization lets in is denied. */
export function server(task: PolicyTask): Manifest {
  const { port, protocol } = task.intent;
  return manifest(
    {
      apiVersion: 'policy.linkerd.io/v1beta3',
      kind: 'Server',
      metadata: metadataOf(task),
      spec: {
        podSelector: { matchLabels: podLabels(task.intent) },
        port,
        proxyProtocol: PROTOCOLS[protocol],
        accessPolicy: 'deny',
      },
    },
    'The port of the pods: who no policy lets in is denied',
    ['securityPolicies'],
  );
}
