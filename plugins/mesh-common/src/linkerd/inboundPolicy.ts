import { Answer, Reason } from '../contract/common';
import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { because, unreadInput } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Authorization } from './authorizations';
import { assumedConfig } from './controlPlaneConfig';
import { defaultPolicyOf, policyAuthorizations } from './defaultPolicy';
import { LinkerdRoute, ROUTE_KINDS } from './linkerdRoutes';
import { Server } from './objects';
import { podSetting } from './podSettings';
import { parsePortList } from './ports';
import { ProbeExemption, probeExemption } from './probes';
import { proxyOf } from './proxy';
import { RateLimit } from './rateLimit';
import { serverPolicy } from './serverPolicy';
import { serverOfPort } from './servers';

/**
 * A route of a Server with the authorizations that are its own; those of the Server count for it too.
 *
 * @public
 */
export interface AuthorizedRoute {
  route: LinkerdRoute;
  authorizations: Authorization[];
  /** That it is on the Server. */
  reason: Reason;
}

/**
 * What the proxy of a pod lets in on a port.
 *
 * @public
 */
export interface InboundPolicy {
  /** Absent: no Server selects the port. */
  server?: Server;
  /** The policy that decides: that of a port without Server, or the Server's `accessPolicy`. */
  policy: string;
  protocol: 'detect' | 'http1' | 'http2' | 'grpc' | 'opaque' | 'tls';
  /** Authorizations of the whole port. */
  authorizations: Authorization[];
  /** With routes, a request that none matches is answered with 404. */
  routes: AuthorizedRoute[];
  /** Probes that are let in without an identity. */
  probes: ProbeExemption | undefined;
  /** How many requests are let in at most; absent: any number. */
  rateLimit?: RateLimit;
  /** Why this Server or policy applies. */
  reasons: Reason[];
  /** Objects that are about this port and have no effect. */
  ignored: Reason[];
  mayDiffer: Reason[];
  predicted: boolean;
}

const POLICY_KINDS = [
  'policy.linkerd.io/Server',
  'policy.linkerd.io/ServerAuthorization',
  'policy.linkerd.io/AuthorizationPolicy',
  'policy.linkerd.io/MeshTLSAuthentication',
  'policy.linkerd.io/NetworkAuthentication',
  'policy.linkerd.io/HTTPLocalRateLimitPolicy',
  ...ROUTE_KINDS,
] as const;

/**
 * What the proxy of a pod lets in on a port: by the oldest Server that selects the port, else by the default
 * policy of the pod.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/index.rs, `PolicyIndex::inbound_server`.
 *
 * @public
 */
export function inboundPolicy(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): InboundPolicy | Answer<'unknown'> {
  const unread = unreadInput(snapshot, 'linkerd/inbound-policy', {
    optional: POLICY_KINDS,
    namespaces: [namespaceOf(pod)],
  });
  if (unread) {
    return unread;
  }
  const { server, shadowed } = serverOfPort(snapshot, pod, port);
  return server
    ? serverPolicy(snapshot, pod, port, server, shadowed)
    : portPolicy(snapshot, pod, port);
}

function portPolicy(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): InboundPolicy | Answer<'unknown'> {
  const found = defaultPolicyOf(snapshot, pod, port);
  if (!('policy' in found)) {
    return found;
  }
  const { config, mayDiffer = [] } = assumedConfig(snapshot);
  const opaque = podSetting(snapshot, pod, 'config.linkerd.io/opaque-ports');
  // The injector writes the default list to the pods that it makes.
  const opaquePorts = opaque?.value ?? (proxyOf(pod) ? '' : config.opaquePorts);
  const isOpaque = parsePortList(opaquePorts).ports.has(port);
  return {
    policy: found.policy,
    protocol: isOpaque ? 'opaque' : 'detect',
    authorizations: policyAuthorizations(
      found.policy,
      config.clusterNetworks,
      found.reasons[0],
    ),
    routes: [],
    probes: isOpaque
      ? undefined
      : probeExemption(pod, port, config.probeNetworks),
    reasons: [
      ...found.reasons,
      ...(opaque && isOpaque
        ? [
            because(
              'linkerd/opaque-ports',
              `Port ${port} is opaque: its protocol is not detected`,
              opaque.decider,
            ),
          ]
        : []),
    ],
    ignored: [],
    mayDiffer,
    predicted: false,
  };
}
