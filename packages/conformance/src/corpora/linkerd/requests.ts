import { MeshSnapshot } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { meshNamed } from '../../cluster';

const querySchema = z.object({
  namespace: z.string(),
  pod: z.string(),
  port: z.number(),
  client: z.object({ ip: z.string(), identity: z.string().nullable() }),
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
});

/** What the proxy of a pod does with a request, in words of cases. */
export function requestAnswer(snapshot: MeshSnapshot, query: unknown): unknown {
  const {
    namespace,
    pod: name,
    port,
    client,
    request,
  } = querySchema.parse(query);
  const pod = snapshot.get('Pod', namespace, name);
  if (!pod) {
    throw new Error(`There is no Pod ${namespace}/${name}`);
  }
  const { evaluate } = meshNamed('linkerd').authorization(
    snapshot,
    pod,
    port,
    'sidecar',
  );
  if (!evaluate) {
    throw new Error('The adapter of Linkerd does not evaluate calls');
  }
  const { decision, hops } = evaluate({
    peer: client.identity
      ? { type: 'identity', identity: client.identity }
      : { type: 'none' },
    mode: client.identity ? 'sidecar' : 'none',
    inCluster: true,
    protocol: 'http',
    sourceIp: client.ip,
    method: request.method,
    path: request.path,
    headers: request.headers ?? {},
  });
  if (decision.value === 'allowed') {
    return { allowed: true };
  }
  return decision.value === 'denied'
    ? { allowed: false, httpStatus: hops.at(-1)?.status }
    : decision;
}
