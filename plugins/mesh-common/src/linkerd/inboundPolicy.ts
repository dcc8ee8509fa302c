import { Answer, Reason } from '../contract/common';
import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { because, unreadInput } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Authorization } from './authorizations';
import { assumedConfig } from './controlPlaneConfig';
import { defaultPolicyOf, policyAuthorizations } from './defaultPolicy';
import { LinkerdRoute, ROUTE_KINDS } from './linkerdRoutes';
import { externalSubject } from './externalWorkload';
import { InboundSubject, podSubject } from './inboundSubject';
import { ExternalWorkload, Server } from './objects';
import { parsePortList } from './ports';
import { ProbeExemption } from './probes';
import { RateLimit } from './rateLimit';
import { serverPolicy, ServerRules, serverRules } from './serverPolicy';
import { firstWithPort } from './servers';

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
  return subjectPolicy(snapshot, podSubject(snapshot, pod), port);
}

/**
 * What the proxy of a workload outside Kubernetes lets in on a port.
 *
 * @public
 */
export function externalInboundPolicy(
  snapshot: MeshSnapshot,
  workload: ExternalWorkload,
  port: number,
): InboundPolicy | Answer<'unknown'> {
  return subjectPolicy(snapshot, externalSubject(snapshot, workload), port);
}

/** What a Server lets in on the ports that belong to it; the probes of their pods apart. */
export function policyOfServer(
  snapshot: MeshSnapshot,
  server: Server,
): ServerRules | Answer<'unknown'> {
  return (
    unreadPolicies(snapshot, namespaceOf(server)) ??
    serverRules(snapshot, server)
  );
}

function unreadPolicies(snapshot: MeshSnapshot, namespace: string) {
  return unreadInput(snapshot, 'linkerd/inbound-policy', {
    optional: POLICY_KINDS,
    namespaces: [namespace],
  });
}

function subjectPolicy(
  snapshot: MeshSnapshot,
  subject: InboundSubject,
  port: number,
): InboundPolicy | Answer<'unknown'> {
  const unread = unreadPolicies(snapshot, subject.namespace);
  if (unread) {
    return unread;
  }
  const { server, shadowed } = firstWithPort(
    subject.servers(),
    port,
    subject.portsOf,
  );
  return server
    ? serverPolicy(snapshot, subject, port, server, shadowed)
    : portPolicy(snapshot, subject, port);
}

function portPolicy(
  snapshot: MeshSnapshot,
  subject: InboundSubject,
  port: number,
): InboundPolicy | Answer<'unknown'> {
  const found = defaultPolicyOf(snapshot, subject, port);
  if (!('policy' in found)) {
    return found;
  }
  const { config, mayDiffer = [] } = assumedConfig(snapshot);
  const opaque = subject.setting('config.linkerd.io/opaque-ports');
  // The injector writes the default list to the pods that it makes.
  const opaquePorts =
    opaque?.value ?? (subject.defaultsOpaque ? config.opaquePorts : '');
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
    probes: isOpaque ? undefined : subject.probes(port, config.probeNetworks),
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
