import { Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import {
  AnyLinkerdRoute,
  GRPC_ROUTE_KIND,
  TCP_ROUTE_KIND,
  TLS_ROUTE_KIND,
} from '../linkerdRoutes';
import { OutboundProtocol } from '../outboundProtocol';
import { notUsed } from '../routeAcceptance';
import { acceptedRoutes } from './acceptedRoutes';
import {
  connectionRule,
  defaultRoute,
  isForbidden,
  UNDEFINED_PORT,
} from './defaultRoute';
import {
  OutboundParent,
  OutboundPolicy,
  OutboundPolicyProtocol,
  WrittenOutboundRoute,
} from './policy';
import { protocolOfParent } from './protocol';
import { ParentSettings, parentSettings } from './settings';
import { OutboundTarget, resolveTarget } from './target';
import { writtenRoute } from './writtenRoute';

const ONE_TCP_ROUTE = 'the oldest TCPRoute takes all connections';

/**
 * What the policy controller gives to a client's proxy for a destination; undefined where it has no policy for it. A
 * ServiceProfile is another API, which the proxy prefers where there is one.
 *
 * Upstream: policy-controller/grpc/src/outbound.rs, `to_proto`, `undefined_port`, `fallback`.
 *
 * @public
 */
export function outboundPolicy(
  snapshot: MeshSnapshot,
  {
    clientNamespace,
    target,
    port,
  }: { clientNamespace: string; target: OutboundTarget; port: number },
): OutboundPolicy | undefined {
  const resolved = resolveTarget(snapshot, clientNamespace, target, port);
  if ('notFound' in resolved) {
    return undefined;
  }
  return 'undefinedPort' in resolved
    ? ofUndefinedPort(resolved.parent, port)
    : ofParent(snapshot, resolved.parent, port, clientNamespace);
}

/** What it gives for a port of a Service. */
export function policyOfService(
  snapshot: MeshSnapshot,
  service: Service,
  port: number,
  clientNamespace: string,
): OutboundPolicy {
  const parent: OutboundParent = {
    kind: 'Service',
    namespace: namespaceOf(service),
    name: service.metadata.name,
    object: service,
  };
  return ofParent(snapshot, parent, port, clientNamespace);
}

function ofUndefinedPort(parent: OutboundParent, port: number): OutboundPolicy {
  return {
    parent,
    port,
    protocol: 'opaque',
    routes: [],
    defaultRoute: UNDEFINED_PORT,
    opaqueForbidden: false,
    connectionRule: UNDEFINED_PORT.rule,
    balanced: false,
    reasons: [
      {
        rule: 'linkerd/undefined-port',
        text: `The Service of the address has no port ${port}: what is sent to it is refused`,
      },
    ],
    invalidSettings: [],
    ignored: [],
    mayDiffer: [],
    predicted: false,
  };
}

function ofParent(
  snapshot: MeshSnapshot,
  parent: OutboundParent,
  port: number,
  clientNamespace: string,
): OutboundPolicy {
  const place = { snapshot, parent, port };
  const read = protocolOfParent(snapshot, parent, port);
  const accepted = acceptedRoutes(snapshot, parent, port, clientNamespace);
  const { protocol, taken, why } = ofOneType(accepted.routes, read);
  const settings = parentSettings(snapshot, parent);
  const routes = taken.map(route => writtenRoute(place, route, settings));
  const fallback = defaultRoute(place, protocol, routes.length, settings);
  const overlooked = accepted.routes
    .filter(route => !taken.includes(route))
    .map(route => notUsed(snapshot, route, why(route), 'kind'));
  return {
    parent,
    port,
    protocol,
    routes,
    ...(fallback && { defaultRoute: fallback }),
    opaqueForbidden: protocol === 'detect' && isForbidden(parent),
    connectionRule: connectionRule(place),
    ...balancing(settings, protocol),
    balanced: isBalanced(protocol, parent, routes),
    reasons: [read.reason],
    invalidSettings: settings.invalid,
    ignored: [...accepted.ignored, ...overlooked],
    mayDiffer: read.mayDiffer ?? [],
    predicted: accepted.predicted,
  };
}

interface OneType {
  protocol: OutboundPolicyProtocol;
  taken: AnyLinkerdRoute[];
  /** Why a route is not taken. */
  why(route: AnyLinkerdRoute): string;
}

/**
 * The routes of the type that counts. What the port is said to speak leaves the types that fit; without that, GRPCRoutes
 * win over HTTPRoutes, these over TLSRoutes, and these over TCPRoutes. Of TCPRoutes the first one counts.
 */
function ofOneType(
  routes: readonly AnyLinkerdRoute[],
  read: OutboundProtocol,
): OneType {
  const { grpc, http, tls, tcp } = byType(routes);
  const because = (text: string) => () => text;
  switch (read.protocol) {
    case 'http1':
      return {
        protocol: 'http1',
        taken: http,
        why: because('appProtocol says HTTP/1'),
      };
    case 'http2':
      return grpc.length > 0
        ? { protocol: 'grpc', taken: grpc, why: because(wins('GRPCRoute')) }
        : {
            protocol: 'http2',
            taken: http,
            why: because('appProtocol says HTTP/2'),
          };
    case 'opaque':
      return {
        protocol: 'opaque',
        taken: tcp.slice(0, 1),
        why: route =>
          tcp.includes(route)
            ? ONE_TCP_ROUTE
            : 'the port is opaque, and what is sent to it is not read',
      };
    default:
  }
  if (grpc.length > 0) {
    return { protocol: 'grpc', taken: grpc, why: because(wins('GRPCRoute')) };
  }
  if (http.length > 0) {
    return { protocol: 'detect', taken: http, why: because(wins('HTTPRoute')) };
  }
  if (tls.length > 0) {
    return { protocol: 'tls', taken: tls, why: because(wins('TLSRoute')) };
  }
  return {
    protocol: tcp.length > 0 ? 'opaque' : 'detect',
    taken: tcp.slice(0, 1),
    why: because(ONE_TCP_ROUTE),
  };
}

function wins(kind: string): string {
  return `the parent has ${
    kind === 'HTTPRoute' ? 'an' : 'a'
  } ${kind}, which wins`;
}

function byType(routes: readonly AnyLinkerdRoute[]) {
  const ofKind = (kind: AnyLinkerdRoute['kind']) =>
    routes.filter(route => route.kind === kind);
  return {
    grpc: ofKind(GRPC_ROUTE_KIND),
    http: routes.filter(route => route.route.kind === 'HTTPRoute'),
    tls: ofKind(TLS_ROUTE_KIND),
    tcp: ofKind(TCP_ROUTE_KIND),
  };
}

/** Circuit breaking and the balancer's penalties are for requests, not for connections. */
function balancing(
  { failureAccrual, loadBias }: ParentSettings,
  protocol: OutboundPolicyProtocol,
): Pick<OutboundPolicy, 'failureAccrual' | 'loadBias'> {
  return protocol === 'opaque' || protocol === 'tls'
    ? {}
    : {
        ...(failureAccrual && { failureAccrual }),
        ...(loadBias && { loadBias }),
      };
}

/** Whether something in an answer is balanced: the Service itself, where it is a destination, or a backend. */
function isBalanced(
  protocol: OutboundPolicyProtocol,
  parent: OutboundParent,
  routes: readonly WrittenOutboundRoute[],
): boolean {
  return (
    (parent.kind === 'Service' &&
      (protocol === 'detect' || routes.length === 0)) ||
    routes.some(({ rules }) =>
      rules.some(({ backends }) =>
        backends.some(
          ({ target, invalid }) => target?.kind === 'Service' && !invalid,
        ),
      ),
    )
  );
}
