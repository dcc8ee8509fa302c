import { conditionOf } from '../gateway-api/references';
import { namespaceOf } from '../kubernetes/objects';
import { addTo } from '../snapshot/addTo';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { byAge } from './age';
import { serviceAccountIdentity } from './identity';
import { IdentityDomain } from './meshTlsAuthentication';
import { HttpLocalRateLimitPolicy, Server } from './objects';
import { isRefTo, POLICY_GROUP, TargetRef } from './targetRefs';

/**
 * How many requests a second a proxy lets in on a port, whoever is authorized.
 *
 * @public
 */
export interface RateLimit {
  policy: HttpLocalRateLimitPolicy;
  /** Of all clients together. */
  total?: number;
  /** Of each identity; clients without one share a bucket. */
  identity?: number;
  /** Of clients with these identities, instead. */
  overrides: readonly {
    requestsPerSecond: number;
    identities: readonly string[];
  }[];
}

const KIND = 'policy.linkerd.io/HTTPLocalRateLimitPolicy';

const limitsByServer = defineIndex([KIND], ({ objects }) => {
  const byServer = new Map<string, HttpLocalRateLimitPolicy[]>();
  for (const policy of objects(KIND)) {
    const { targetRef } = policy.spec;
    if (isRefTo(targetRef, POLICY_GROUP, 'Server')) {
      addTo(byServer, targetRef.name, policy);
    }
  }
  for (const policies of byServer.values()) {
    policies.sort(byAge);
  }
  return byServer;
});

/** The HTTPLocalRateLimitPolicies that target a Server, the oldest first. */
export function rateLimitsOn(
  snapshot: MeshSnapshot,
  namespace: string,
  server: string,
): readonly HttpLocalRateLimitPolicy[] {
  return limitsByServer(snapshot, namespace).get(server) ?? [];
}

/**
 * The rate limit of a Server: the oldest policy that targets it and that the controller accepted; over files, that
 * it would accept. One with an override for others than ServiceAccounts is not used, though it is accepted. Proxies look at it for HTTP alone (detected, HTTP/1, HTTP/2), not for gRPC.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/index.rs, `PolicyIndex::ratelimit`; inbound/ratelimit_policy.rs.
 */
export function rateLimitOf(
  snapshot: MeshSnapshot,
  server: Server,
  domain: IdentityDomain,
): RateLimit | undefined {
  if (!limitsRequests(server)) {
    return undefined;
  }
  const policy = rateLimitsOn(
    snapshot,
    namespaceOf(server),
    server.metadata.name,
  ).find(
    candidate =>
      isUsable(candidate) &&
      (snapshot.origin === 'files' ||
        conditionOf(candidate.status, 'Accepted')?.status === 'True'),
  );
  return policy && limitOf(policy, domain);
}

function isUsable({ spec }: HttpLocalRateLimitPolicy): boolean {
  return (spec.overrides ?? []).every(({ clientRefs = [] }) =>
    clientRefs.every(isAccount),
  );
}

function isAccount(ref: TargetRef): boolean {
  return isRefTo(ref, '', 'ServiceAccount');
}

/** Whether proxies count the requests of a Server's ports. */
export function limitsRequests({ spec }: Server): boolean {
  return ['unknown', 'HTTP/1', 'HTTP/2'].includes(
    spec.proxyProtocol ?? 'unknown',
  );
}

function limitOf(
  policy: HttpLocalRateLimitPolicy,
  domain: IdentityDomain,
): RateLimit {
  const { total, identity, overrides = [] } = policy.spec;
  return {
    policy,
    ...(total && { total: total.requestsPerSecond }),
    ...(identity && { identity: identity.requestsPerSecond }),
    overrides: overrides.map(({ requestsPerSecond, clientRefs = [] }) => ({
      requestsPerSecond,
      identities: clientRefs.map(({ name, namespace = namespaceOf(policy) }) =>
        serviceAccountIdentity({ name, namespace }, domain),
      ),
    })),
  };
}
