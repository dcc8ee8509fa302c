import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { resolveHost } from '../hosts';
import { clusterDomain } from '../injectorConfig';
import { VirtualService } from '../objects';
import { RouteObject, RouteSource } from './source';
import { RouteView } from './view';
import { Destination } from './virtualServiceParts';

const KIND = 'networking.istio.io/VirtualService';

type Spec = NonNullable<VirtualService['spec']>;
type TcpRoute = NonNullable<Spec['tcp']>[number];
type TlsRoute = NonNullable<Spec['tls']>[number];

/** A condition on connections. */
export type ConnectionMatch = NonNullable<TcpRoute['match']>[number] & {
  sniHosts?: string[];
};

/** A rule for connections, with its alternatives that can apply. */
export interface ConnectionRule {
  written: RouteObject & { field: string };
  /** With hosts resolved to full names. */
  route: readonly { destination: Destination; weight?: number }[];
  /** None: it is for every connection. */
  matches: readonly ConnectionMatch[];
}

export interface ConnectionRules {
  rules: ConnectionRule[];
  /** Whether connections are left over, which go to the service itself. */
  open: boolean;
}

/**
 * The `tcp` rules that a sidecar applies to connections of a port: those of all VirtualServices for the host
 * in turn, up to the first without a condition on addresses. What is left over goes to the service itself.
 *
 * Upstream: pilot/pkg/networking/core/tls.go, `buildSidecarOutboundTCPFilterChainOpts`.
 */
export function tcpConnectionRules(
  snapshot: MeshSnapshot,
  sources: readonly RouteSource[],
  port: number,
  view: RouteView,
): ConnectionRules {
  const rules: ConnectionRule[] = [];
  for (const virtualService of virtualServices(sources)) {
    for (const [index, route] of (virtualService.spec?.tcp ?? []).entries()) {
      const matches = applicable(route, port, view);
      if (route.route?.length && matches) {
        const all = matches.some(
          ({ destinationSubnets = [] }) => destinationSubnets.length === 0,
        );
        const rule = ruleOf(snapshot, virtualService, `spec.tcp[${index}]`, {
          ...route,
          match: all ? [] : matches,
        });
        rules.push(rule);
        if (rule.matches.length === 0) {
          return { rules, open: false };
        }
      }
    }
  }
  return { rules, open: true };
}

/**
 * The `tls` rules that a sidecar applies to connections of a port whose TLS passes through: by the name that
 * the client asks for. With any of them the service's own chain is gone: connections for other names pass
 * through to where they were going. Of alternatives for the same connections the first counts.
 *
 * Upstream: pilot/pkg/networking/core/tls.go, `buildSidecarOutboundTLSFilterChainOpts`.
 */
export function tlsConnectionRules(
  snapshot: MeshSnapshot,
  sources: readonly RouteSource[],
  port: number,
  view: RouteView,
): ConnectionRules {
  const rules: ConnectionRule[] = [];
  const handled = new Set<string>();
  for (const virtualService of virtualServices(sources)) {
    for (const [index, route] of (virtualService.spec?.tls ?? []).entries()) {
      const matches = (route.match ?? []).filter(match => {
        if (!route.route?.length || !isApplicable(match, port, view)) {
          return false;
        }
        const key = JSON.stringify([match.sniHosts, match.destinationSubnets]);
        const fresh = !handled.has(key);
        handled.add(key);
        return fresh;
      });
      if (matches.length > 0) {
        rules.push(
          ruleOf(snapshot, virtualService, `spec.tls[${index}]`, {
            ...route,
            match: matches,
          }),
        );
      }
    }
  }
  return { rules, open: rules.length === 0 };
}

function ruleOf(
  snapshot: MeshSnapshot,
  virtualService: VirtualService,
  field: string,
  { route = [], match = [] }: TcpRoute | TlsRoute,
): ConnectionRule {
  const namespace = namespaceOf(virtualService);
  const domain = clusterDomain(snapshot);
  return {
    written: { kind: KIND, object: virtualService, field },
    route: route.map(({ destination, weight }) => ({
      destination: {
        ...destination,
        host: resolveHost(destination.host, namespace, domain),
      },
      ...(weight !== undefined && { weight }),
    })),
    matches: match,
  };
}

/** The alternatives that can apply; none where a route has no match at all; undefined where none of its can. */
function applicable(
  { match }: TcpRoute,
  port: number,
  view: RouteView,
): ConnectionMatch[] | undefined {
  if (!match?.length) {
    return [];
  }
  const fitting = match.filter(entry => isApplicable(entry, port, view));
  return fitting.length > 0 ? fitting : undefined;
}

function isApplicable(
  match: ConnectionMatch,
  port: number,
  view: RouteView,
): boolean {
  const { labels = {} } = view;
  return (
    (!match.gateways?.length || match.gateways.includes('mesh')) &&
    Object.entries(match.sourceLabels ?? {}).every(
      ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
    ) &&
    (!match.port || match.port === port) &&
    (!match.sourceNamespace || match.sourceNamespace === view.namespace)
  );
}

function virtualServices(sources: readonly RouteSource[]): VirtualService[] {
  return sources.flatMap(({ virtualService }) => virtualService ?? []);
}
