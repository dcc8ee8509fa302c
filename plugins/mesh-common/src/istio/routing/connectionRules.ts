import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { resolveHost } from '../hosts';
import { clusterDomain } from '../injectorConfig';
import { VirtualService } from '../objects';
import { RouteObject, RouteSource } from './source';
import { RouteView } from './view';
import { Destination } from '../objectParts';

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
  for (const { written, route, matches } of rulesOf(snapshot, sources, 'tcp')) {
    const fitting = applicable(matches, port, view);
    if (route.length > 0 && fitting) {
      const all = fitting.some(
        ({ destinationSubnets = [] }) => destinationSubnets.length === 0,
      );
      const rule = { written, route, matches: all ? [] : fitting };
      rules.push(rule);
      if (rule.matches.length === 0) {
        return { rules, open: false };
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
  for (const rule of rulesOf(snapshot, sources, 'tls')) {
    const matches = rule.matches.filter(match => {
      if (rule.route.length === 0 || !isApplicable(match, port, view)) {
        return false;
      }
      const key = JSON.stringify([match.sniHosts, match.destinationSubnets]);
      const fresh = !handled.has(key);
      handled.add(key);
      return fresh;
    });
    if (matches.length > 0) {
      rules.push({ ...rule, matches });
    }
  }
  return { rules, open: rules.length === 0 };
}

/** The rules of sources in turn, as they are written. */
export function rulesOf(
  snapshot: MeshSnapshot,
  sources: readonly RouteSource[],
  kind: 'tcp' | 'tls',
): ConnectionRule[] {
  return sources.flatMap(({ virtualService, connections }) => [
    ...(virtualService ? rulesWritten(snapshot, virtualService, kind) : []),
    ...(connections?.[kind] ?? []),
  ]);
}

function rulesWritten(
  snapshot: MeshSnapshot,
  virtualService: VirtualService,
  kind: 'tcp' | 'tls',
): ConnectionRule[] {
  const routes: readonly (TcpRoute | TlsRoute)[] =
    virtualService.spec?.[kind] ?? [];
  return routes.map((route, index) =>
    ruleOf(snapshot, virtualService, `spec.${kind}[${index}]`, route),
  );
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

/** The alternatives that can apply; none where a rule has no match at all; undefined where none of its can. */
function applicable(
  matches: readonly ConnectionMatch[],
  port: number,
  view: RouteView,
): readonly ConnectionMatch[] | undefined {
  if (matches.length === 0) {
    return [];
  }
  const fitting = matches.filter(entry => isApplicable(entry, port, view));
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
