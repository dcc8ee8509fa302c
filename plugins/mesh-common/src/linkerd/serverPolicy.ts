import { Answer, Reason } from '../contract/common';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Authorization } from './authorizations';
import {
  policiesTargeting,
  PolicyEffect,
  policyEffect,
} from './authorizationPolicy';
import { assumedConfig } from './controlPlaneConfig';
import { isDefaultPolicy, policyAuthorizations } from './defaultPolicy';
import type { InboundPolicy } from './inboundPolicy';
import { routesOfServer } from './inboundRoutes';
import { InboundSubject } from './inboundSubject';
import { LinkerdRoute, routeName } from './linkerdRoutes';
import { IdentityDomain } from './meshTlsAuthentication';
import { Server } from './objects';
import { rateLimitOf } from './rateLimit';
import {
  serverAuthorizationEffect,
  serverAuthorizationsOf,
} from './serverAuthorization';
import { POLICY_GROUP } from './targetRefs';

const RULE = 'linkerd/server';

const PROTOCOLS: Readonly<
  Record<string, InboundPolicy['protocol'] | undefined>
> = {
  unknown: 'detect',
  'HTTP/1': 'http1',
  'HTTP/2': 'http2',
  gRPC: 'grpc',
  opaque: 'opaque',
  TLS: 'tls',
};

/** What a Server lets in, on whichever of its ports. */
export type ServerRules = Omit<InboundPolicy, 'probes'>;

/** What a Server lets in on a port of somebody, who may have others for the same port that come after it. */
export function serverPolicy(
  snapshot: MeshSnapshot,
  subject: InboundSubject,
  port: number,
  server: Server,
  shadowed: readonly Server[],
): InboundPolicy | Answer<'unknown'> {
  const rules = serverRules(snapshot, server);
  if (!('policy' in rules)) {
    return rules;
  }
  const { config } = assumedConfig(snapshot);
  return {
    ...rules,
    probes:
      rules.routes.length === 0 &&
      ['detect', 'http1', 'http2'].includes(rules.protocol)
        ? subject.probes(port, config.probeNetworks)
        : undefined,
    ignored: [
      ...rules.ignored,
      ...shadowed.map(other => shadowedReason(snapshot, server, other)),
    ],
  };
}

/**
 * What a Server lets in. Its authorizations are the ServerAuthorizations that select it, the
 * AuthorizationPolicies that target it or its namespace, and its own `accessPolicy` (`deny` adds none); they
 * are ORed. A route has those, and the AuthorizationPolicies that target it.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/index.rs, `PolicyIndex::client_authzs`.
 */
export function serverRules(
  snapshot: MeshSnapshot,
  server: Server,
): ServerRules | Answer<'unknown'> {
  const protocol = PROTOCOLS[server.spec.proxyProtocol ?? 'unknown'];
  if (!protocol) {
    return unknownProtocol(snapshot, server);
  }
  const written = server.spec.accessPolicy ?? 'deny';
  // An access policy that Linkerd does not know lets nobody in.
  const policy = isDefaultPolicy(written) ? written : 'deny';
  const { config, mayDiffer = [] } = assumedConfig(snapshot);
  const found = routesOfServer(snapshot, server);
  const effects = serverEffects(snapshot, server);
  const routes = found.routes.map(route => ({
    route,
    effects: routeEffects(snapshot, route, config),
  }));
  const all = [...effects, ...routes.flatMap(route => route.effects)];
  for (const effect of all) {
    if (effect.effect === 'unknown') {
      return effect.answer;
    }
  }
  const access = accessReason(snapshot, server, written);
  return {
    server,
    policy,
    protocol,
    authorizations: [
      ...authorized(effects),
      ...policyAuthorizations(policy, config.clusterNetworks, access),
    ],
    routes: routes.map(route => ({
      route: route.route,
      authorizations: authorized(route.effects),
      reason: because(
        'linkerd/server-routes',
        `${routeName(route.route)} is on Server ${server.metadata.name}`,
        {
          snapshot,
          kind: route.route.kind,
          object: route.route.route,
          field: 'spec.parentRefs',
        },
      ),
    })),
    rateLimit: rateLimitOf(snapshot, server, config),
    reasons: [access],
    ignored: [
      ...all.flatMap(effect =>
        effect.effect === 'ignored' ? [effect.reason] : [],
      ),
      ...found.ignored,
    ],
    mayDiffer,
    predicted: found.predicted,
  };
}

/** What the policies for a Server (not for its routes) come to. */
export function serverEffects(
  snapshot: MeshSnapshot,
  server: Server,
): PolicyEffect[] {
  const namespace = namespaceOf(server);
  const { config } = assumedConfig(snapshot);
  return [
    ...policiesTargeting(
      snapshot,
      namespace,
      { group: POLICY_GROUP, kind: 'Server', name: server.metadata.name },
      { kind: 'Namespace', name: namespace },
    ).map(object => policyEffect(snapshot, object, config)),
    ...serverAuthorizationsOf(snapshot, server).map(object =>
      serverAuthorizationEffect(
        snapshot,
        object,
        config,
        config.clusterNetworks,
      ),
    ),
  ];
}

/** What the policies for one route come to. */
export function routeEffects(
  snapshot: MeshSnapshot,
  { kind, route }: LinkerdRoute,
  domain: IdentityDomain,
): PolicyEffect[] {
  const [group, name] = kind.split('/');
  return policiesTargeting(snapshot, namespaceOf(route), {
    group,
    kind: name,
    name: route.metadata.name,
  }).map(object => policyEffect(snapshot, object, domain));
}

function authorized(effects: readonly PolicyEffect[]): Authorization[] {
  return effects.flatMap(effect =>
    effect.effect === 'authorizes' ? [effect.authorization] : [],
  );
}

function accessReason(
  snapshot: MeshSnapshot,
  server: Server,
  policy: string,
): Reason {
  return serverReason(
    snapshot,
    server,
    `Server ${nameOf(server)} selects the port; its access policy is ${policy}${
      isDefaultPolicy(policy) ? '' : ', which Linkerd does not know'
    }`,
    server.spec.accessPolicy === undefined ? 'spec' : 'spec.accessPolicy',
  );
}

function shadowedReason(
  snapshot: MeshSnapshot,
  server: Server,
  other: Server,
): Reason {
  return serverReason(
    snapshot,
    other,
    `Server ${nameOf(other)} selects the port too, but ${
      server.metadata.name
    } comes first: it has no effect here`,
    'spec.port',
  );
}

function unknownProtocol(
  snapshot: MeshSnapshot,
  server: Server,
): Answer<'unknown'> {
  return {
    value: 'unknown',
    cause: 'malformed',
    reasons: [
      serverReason(
        snapshot,
        server,
        `Server ${nameOf(server)} has the protocol ${
          server.spec.proxyProtocol
        }, which Linkerd does not know`,
        'spec.proxyProtocol',
      ),
    ],
  };
}

function serverReason(
  snapshot: MeshSnapshot,
  server: Server,
  text: string,
  field: string,
): Reason {
  return because(RULE, text, {
    snapshot,
    kind: 'policy.linkerd.io/Server',
    object: server,
    field,
  });
}

function nameOf(server: Server): string {
  return `${namespaceOf(server)}/${server.metadata.name}`;
}
