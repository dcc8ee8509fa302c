import {
  LinkerdAuthorization,
  linkerdExternalInboundPolicy,
  LinkerdInboundPolicy,
  linkerdInboundFilters,
  linkerdInboundPolicy,
  LinkerdRoute,
  linkerdRuleMatches,
  MeshSnapshot,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { filterWords } from './outboundWords';

const querySchema = z.object({
  namespace: z.string(),
  port: z.number(),
  pod: z.string().optional(),
  externalWorkload: z.string().optional(),
});

/** What the policy controller gives the proxy of a workload for a port, in words of cases. */
export function inboundAnswer(snapshot: MeshSnapshot, query: unknown): unknown {
  const policy = policyOf(snapshot, querySchema.parse(query));
  if (!policy) {
    return { notFound: true };
  }
  return 'policy' in policy ? inWordsOfCases(policy) : policy;
}

function policyOf(
  snapshot: MeshSnapshot,
  {
    namespace,
    port,
    pod: podName,
    externalWorkload,
  }: z.infer<typeof querySchema>,
): ReturnType<typeof linkerdInboundPolicy> | undefined {
  const pod = podName && snapshot.get('Pod', namespace, podName);
  if (pod) {
    return linkerdInboundPolicy(snapshot, pod, port);
  }
  const workload =
    externalWorkload &&
    snapshot.get(
      'workload.linkerd.io/ExternalWorkload',
      namespace,
      externalWorkload,
    );
  return workload
    ? linkerdExternalInboundPolicy(snapshot, workload, port)
    : undefined;
}

function inWordsOfCases(policy: LinkerdInboundPolicy) {
  const { server, protocol, probes } = policy;
  return {
    server: server
      ? { kind: 'server', name: server.metadata.name }
      : { kind: 'default', name: policy.policy },
    protocol,
    authorizations: authorizationWords(policy.authorizations),
    httpRoutes: routesWords(policy, 'HTTPRoute'),
    grpcRoutes: routesWords(policy, 'GRPCRoute'),
    rateLimit: rateLimitWords(policy),
    probeRoute: probes
      ? {
          paths: probes.paths,
          method: 'GET',
          matchType: 'Exact',
          networks: probes.networks,
          authentication: { type: 'unauthenticated' },
        }
      : null,
  };
}

type InboundWords = ReturnType<typeof inWordsOfCases>;

/** What of an answer has a meaning for the protocol of the port; the rest does not reach the proxy. */
export function asProxyGets(answer: unknown): unknown {
  if (!isInboundWords(answer)) {
    return answer;
  }
  const { httpRoutes, grpcRoutes, rateLimit, probeRoute, ...rest } = answer;
  const isHttp = ['detect', 'http1', 'http2'].includes(rest.protocol);
  return {
    ...rest,
    ...(isHttp && { httpRoutes, rateLimit, probeRoute }),
    ...(rest.protocol === 'grpc' && { grpcRoutes }),
  };
}

function isInboundWords(answer: unknown): answer is InboundWords {
  return (
    typeof answer === 'object' && answer !== null && 'httpRoutes' in answer
  );
}

function routesWords({ routes }: LinkerdInboundPolicy, kind: string) {
  const ofKind = routes.filter(({ route }) => route.route.kind === kind);
  return ofKind.length > 0 ? ofKind.map(routeWords) : ['default'];
}

function rateLimitWords({ rateLimit }: LinkerdInboundPolicy) {
  return rateLimit
    ? {
        name: rateLimit.policy.metadata.name,
        totalRps: rateLimit.total ?? null,
        identityRps: rateLimit.identity ?? null,
        overrides: rateLimit.overrides.map(
          ({ requestsPerSecond, identities }) => ({
            requestsPerSecond,
            clientIdentities: [...identities].sort(),
          }),
        ),
      }
    : null;
}

function authorizationWords(authorizations: readonly LinkerdAuthorization[]) {
  return authorizations
    .map(({ source, authentication, networks }) => ({
      ref: { kind: source.kind.toLowerCase(), name: source.name },
      authentication:
        authentication.type === 'tls-authenticated'
          ? {
              type: 'tlsAuthenticated',
              identities: [...authentication.identities].sort(),
              suffixes: [...authentication.suffixes].sort(),
            }
          : {
              type:
                authentication.type === 'unauthenticated'
                  ? 'unauthenticated'
                  : 'tlsUnauthenticated',
            },
      networks: networks
        .map(({ cidr, except }) => (except?.length ? { cidr, except } : cidr))
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    }))
    .sort((a, b) => (keyOf(a.ref) < keyOf(b.ref) ? -1 : 1));
}

function keyOf({ kind, name }: { kind: string; name: string }): string {
  return `${kind}/${name}`;
}

function routeWords({
  route: candidate,
  authorizations,
}: LinkerdInboundPolicy['routes'][number]) {
  const { kind, route } = candidate;
  const [group, name] = kind.split('/');
  return {
    group,
    kind: name,
    name: route.metadata.name,
    authorizations: authorizationWords(authorizations),
    hosts: route.spec?.hostnames ?? [],
    rules: ruleWords(candidate),
  };
}

function ruleWords(candidate: LinkerdRoute) {
  const filters = linkerdInboundFilters(candidate);
  return linkerdRuleMatches(candidate).map((matches, index) => ({
    matches,
    ...(filters[index].length > 0 && {
      filters: filters[index].map(filterWords),
    }),
  }));
}
