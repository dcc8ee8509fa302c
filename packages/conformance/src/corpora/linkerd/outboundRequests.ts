import {
  LinkerdOutboundBackend,
  linkerdOutboundPolicy,
  LinkerdOutboundTarget,
  linkerdTakenRule,
  MeshSnapshot,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';

const requestSchema = z.object({
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
});

const toServiceSchema = z.object({
  sourceNamespace: z.string(),
  target: z.object({
    kind: z.literal('Service'),
    namespace: z.string(),
    name: z.string(),
  }),
  port: z.number(),
  request: requestSchema,
});

const outSchema = z.object({
  sourceNamespace: z.string(),
  host: z.string(),
  ip: z.string(),
  port: z.number(),
  scheme: z.enum(['http', 'https']),
  request: requestSchema,
});

/** The servers of the cases answer so. */
const SERVED = 204;

/** What a client gets that calls a Service, in words of cases. */
export function outboundRequestAnswer(
  snapshot: MeshSnapshot,
  query: unknown,
): unknown {
  const { sourceNamespace, target, port, request } =
    toServiceSchema.parse(query);
  return {
    httpStatus: statusOf(snapshot, {
      clientNamespace: sourceNamespace,
      target,
      port,
      protocol: 'http',
      host: target.name,
      request,
    }),
  };
}

/** What a client gets that calls out of the cluster, in words of cases. */
export function egressRequestAnswer(
  snapshot: MeshSnapshot,
  query: unknown,
): unknown {
  const { sourceNamespace, host, ip, port, scheme, request } =
    outSchema.parse(query);
  const status = statusOf(snapshot, {
    clientNamespace: sourceNamespace,
    target: { address: ip },
    port,
    protocol: scheme === 'https' ? 'tls' : 'http',
    host,
    request,
  });
  if (status === SERVED) {
    return { allowed: true };
  }
  return {
    allowed: false,
    ...(scheme === 'http' && { httpStatus: status }),
  };
}

function statusOf(
  snapshot: MeshSnapshot,
  call: {
    clientNamespace: string;
    target: LinkerdOutboundTarget;
    port: number;
    protocol: 'http' | 'tls';
    host: string;
    request: z.infer<typeof requestSchema>;
  },
): number {
  const { clientNamespace, target, port, protocol, host, request } = call;
  const policy = linkerdOutboundPolicy(snapshot, {
    clientNamespace,
    target,
    port,
  });
  if (!policy) {
    throw new Error('The policy controller has no policy for the target');
  }
  const taken = linkerdTakenRule(policy, {
    protocol,
    host,
    method: request.method,
    path: request.path,
    headers: request.headers ?? {},
  });
  switch (taken.by) {
    case 'nothing':
      return 404;
    case 'refusal':
      return 403;
    default:
      return taken.rule.backends.every(isInvalid) ? 500 : SERVED;
  }
}

function isInvalid({ invalid }: LinkerdOutboundBackend): boolean {
  return invalid !== undefined;
}
