import {
  linkerdEgressNetwork,
  LinkerdOutboundPolicy,
  linkerdOutboundPolicy,
  MeshSnapshot,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { outboundWords } from './outboundWords';

const targetSchema = z.union([
  z.object({
    kind: z.literal('Service'),
    namespace: z.string(),
    name: z.string(),
  }),
  z.object({ ip: z.string() }).transform(({ ip }) => ({ address: ip })),
]);

const querySchema = z.object({
  sourceNamespace: z.string(),
  target: targetSchema,
  port: z.number(),
});

/** What the policy controller gives the proxy of a client for a destination, in words of cases. */
export function outboundAnswer(
  snapshot: MeshSnapshot,
  query: unknown,
  expected: unknown,
): unknown {
  const { sourceNamespace, target, port } = querySchema.parse(query);
  const policy = linkerdOutboundPolicy(snapshot, {
    clientNamespace: sourceNamespace,
    target,
    port,
  });
  return policy ? answerOf(policy, expected) : { notFound: true };
}

/** Some cases ask for a part of the answer by a name of its own. */
function answerOf(policy: LinkerdOutboundPolicy, expected: unknown) {
  const { routes, loadBias, ...words } = outboundWords(policy);
  const [firstRoute] = routes;
  return {
    ...words,
    routes,
    loadBias,
    firstRoute,
    routeOrderPrefix: routes.slice(0, lengthOf(expected)),
    routeBackendLoadBias: loadBias,
    ...(policy.invalidSettings.length > 0 && wordsOfInvalid(expected)),
  };
}

const prefixSchema = z.object({ routeOrderPrefix: z.array(z.unknown()) });

function lengthOf(expected: unknown): number {
  const { data } = prefixSchema.safeParse(expected);
  return data ? data.routeOrderPrefix.length : 0;
}

const invalidSchema = z.object({ invalidAnnotation: z.string() });

/** That an annotation is invalid counts; each says why in words of its own. */
function wordsOfInvalid(expected: unknown) {
  const { data } = invalidSchema.safeParse(expected);
  return data ? { invalidAnnotation: data.invalidAnnotation } : {};
}

const resolutionSchema = z.object({
  sourceNamespace: z.string(),
  ip: z.string(),
});

/** Which EgressNetwork an address belongs to. */
export function egressResolution(
  snapshot: MeshSnapshot,
  query: unknown,
): unknown {
  const { sourceNamespace, ip } = resolutionSchema.parse(query);
  const network = linkerdEgressNetwork(snapshot, ip, sourceNamespace);
  if (!network) {
    return null;
  }
  const { namespace, name } = network.metadata;
  return { namespace, name };
}

type Words = ReturnType<typeof outboundWords>;

/** What of an answer has a meaning for its protocol; the rest does not reach the proxy. */
export function outboundAsProxyGets(answer: unknown): unknown {
  if (!isOutboundWords(answer)) {
    return answer;
  }
  const { parent, protocol, routes, defaultRoute, balanced } = answer;
  const carriesRequests = ['detect', 'http1', 'http2', 'grpc'].includes(
    protocol,
  );
  const leavesCluster = typeof parent === 'object' && parent.kind !== 'Service';
  return {
    parent,
    protocol,
    routes,
    defaultRoute,
    ...(carriesRequests && { failureAccrual: answer.failureAccrual }),
    ...(carriesRequests && balanced && { loadBias: answer.loadBias }),
    ...(protocol === 'detect' &&
      leavesCluster && { opaqueForbidden: answer.opaqueForbidden }),
  };
}

function isOutboundWords(answer: unknown): answer is Words {
  return typeof answer === 'object' && answer !== null && 'balanced' in answer;
}
