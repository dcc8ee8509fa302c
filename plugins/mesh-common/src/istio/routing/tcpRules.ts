import { Reason } from '../../contract/common';
import { RouteCondition, RouteRule } from '../../contract/routing';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { resolveHost } from '../hosts';
import { clusterDomain } from '../injectorConfig';
import { MeshService } from '../meshServices';
import { VirtualService } from '../objects';
import { backendsOf, ResolvedDestination } from './backends';
import { objectReason, RouteObject, RouteSource, titleOf } from './source';
import { RouteView } from './view';

const RULE = 'istio/tcp-route';
const KIND = 'networking.istio.io/VirtualService';

type Spec = NonNullable<VirtualService['spec']>;
type TcpRoute = NonNullable<Spec['tcp']>[number];
type TlsRoute = NonNullable<Spec['tls']>[number];
type L4Match = NonNullable<TcpRoute['match']>[number] & { sniHosts?: string[] };

/** The rules for connections, in order, and the destinations that they lead to. */
export interface TcpRules {
  rules: RouteRule[];
  destinations: ResolvedDestination[];
  /** Whether connections are left over, which go to the service itself. */
  open: boolean;
}

/**
 * The `tcp` rules that a sidecar applies to connections of a port: those of all VirtualServices for the host
 * in turn, up to the first without a condition on addresses. What is left over goes to the service itself.
 *
 * Upstream: pilot/pkg/networking/core/tls.go, `buildSidecarOutboundTCPFilterChainOpts`.
 */
export function tcpRules(
  snapshot: MeshSnapshot,
  sources: readonly RouteSource[],
  port: number,
  view: RouteView,
): TcpRules {
  const found: TcpRules = { rules: [], destinations: [], open: true };
  for (const virtualService of virtualServices(sources)) {
    const routes = virtualService.spec?.tcp ?? [];
    for (let index = 0; index < routes.length && found.open; index += 1) {
      const route = routes[index];
      const matches = applicable(route, port, view);
      if (route.route?.length && matches) {
        const ranges = matches.every(
          ({ destinationSubnets = [] }) => destinationSubnets.length > 0,
        );
        const all = !ranges || matches.length === 0;
        add(
          snapshot,
          found,
          { kind: KIND, object: virtualService, field: `spec.tcp[${index}]` },
          route.route,
          all ? [] : matches.map(conditionsOf),
          port,
          view,
        );
        found.open = !all;
      }
    }
  }
  return found;
}

/**
 * The `tls` rules that a sidecar applies to connections of a port whose TLS passes through: by the name that
 * the client asks for. With any of them the service's own chain is gone: connections for other names pass
 * through to where they were going.
 *
 * Upstream: pilot/pkg/networking/core/tls.go, `buildSidecarOutboundTLSFilterChainOpts`.
 */
export function tlsRules(
  snapshot: MeshSnapshot,
  sources: readonly RouteSource[],
  port: number,
  view: RouteView,
): TcpRules {
  const found: TcpRules = { rules: [], destinations: [], open: true };
  const handled = new Set<string>();
  for (const virtualService of virtualServices(sources)) {
    (virtualService.spec?.tls ?? []).forEach((route, index) => {
      const matches = (route.match ?? []).filter(match => {
        const key = JSON.stringify([match.sniHosts, match.destinationSubnets]);
        const fresh = isApplicable(match, port, view) && !handled.has(key);
        handled.add(key);
        return fresh;
      });
      if (route.route?.length && matches.length > 0) {
        add(
          snapshot,
          found,
          { kind: KIND, object: virtualService, field: `spec.tls[${index}]` },
          route.route,
          matches.flatMap(match =>
            (match.sniHosts ?? []).map(host => [
              sniCondition(host),
              ...conditionsOf({ ...match, sniHosts: undefined }),
            ]),
          ),
          port,
          view,
        );
      }
    });
  }
  return found;
}

/** The rule for what no other one takes. */
export function restRule(
  service: MeshService,
  port: number,
  text: string,
): RouteRule {
  const reason: Reason = { rule: RULE, text };
  return {
    name: 'everything else',
    matches: [],
    action: 'forward',
    backends: [{ host: service.host, port, percent: 100 }],
    mirrors: [],
    headers: [],
    reasons: [reason],
  };
}

function add(
  snapshot: MeshSnapshot,
  found: TcpRules,
  written: RouteObject & { field: string },
  route: NonNullable<TcpRoute['route']>,
  matches: RouteCondition[][],
  port: number,
  view: RouteView,
): void {
  const namespace = namespaceOf(written.object);
  const domain = clusterDomain(snapshot);
  const { backends, resolved } = backendsOf(
    snapshot,
    route.map(({ destination, weight }) => ({
      destination: {
        ...destination,
        host: resolveHost(destination.host, namespace, domain),
      },
      weight,
    })),
    { port, view, written, missingStatus: 503, protocol: 'tcp' },
  );
  const name = `${titleOf(written)} ${written.field.slice('spec.'.length)}`;
  found.rules.push({
    name,
    matches,
    action: 'forward',
    backends,
    mirrors: [],
    headers: [],
    reasons: [
      objectReason(
        snapshot,
        written,
        RULE,
        `Written in ${name}`,
        written.field,
      ),
    ],
  });
  found.destinations.push(...resolved);
}

/** The alternatives that can apply; none where a route has no match at all; undefined where none of its can. */
function applicable(
  { match }: TcpRoute | TlsRoute,
  port: number,
  view: RouteView,
): L4Match[] | undefined {
  if (!match?.length) {
    return [];
  }
  const fitting = match.filter(entry => isApplicable(entry, port, view));
  return fitting.length > 0 ? fitting : undefined;
}

function isApplicable(match: L4Match, port: number, view: RouteView): boolean {
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

function conditionsOf({ destinationSubnets = [] }: L4Match): RouteCondition[] {
  return destinationSubnets.length === 0
    ? []
    : [
        {
          subject: 'destination-subnet',
          operator: 'exact',
          value: destinationSubnets.join(', '),
        },
      ];
}

function sniCondition(host: string): RouteCondition {
  return { subject: 'sni', operator: 'exact', value: host };
}

function virtualServices(sources: readonly RouteSource[]): VirtualService[] {
  return sources.flatMap(({ virtualService }) => virtualService ?? []);
}
