import { isSubsetOf, isWildcard } from '../../hosts';
import { MeshService } from '../../meshServices';
import { isHttpOrDetected } from '../../protocol';
import {
  candidates,
  candidatesForHost,
  compareSources,
} from '../../routing/candidates';
import {
  ChosenRule,
  chosenRules,
  eligibleSources,
  selectForSidecar,
} from '../../routing/select';
import { RouteSource } from '../../routing/source';
import { PortRoutes, servicesMeantBy } from './portRoutes';
import { isAlias } from './portServices';

/** The port on which VirtualServices also apply to hosts that are no service. */
const HOSTS_PORT = 80;

/** What answers requests for a host on a port: rules, or (without any) the service itself. */
export interface VirtualHost {
  /** The name by which it is found, perhaps a wildcard. */
  domain: string;
  /** Absent: the host is no service on this port. */
  service?: MeshService;
  rules: readonly ChosenRule[];
  /** Where the rules come from. */
  source?: RouteSource;
}

/**
 * The virtual host of a port that takes requests with a Host header, whose port does not count: the one with just
 * that name, else the one with the longest wildcard for it.
 *
 * Upstream: pilot/pkg/networking/core/httproute.go, `BuildSidecarOutboundVirtualHosts`; Envoy
 * source/common/router/config_impl.cc, `findVirtualHost`.
 */
export function virtualHostFor(
  routes: PortRoutes,
  authority: string,
): VirtualHost | undefined {
  const host = withoutPort(authority).toLowerCase();
  for (const domain of [host, ...wildcardsFor(routes, host)]) {
    const found = virtualHostNamed(routes, domain);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/**
 * The virtual host that has a name: that of the first source of routes which claims it, for a host that is no service
 * or for a service that is known by the name; else that of such a service without routes.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `BuildSidecarVirtualHostWrapper`.
 */
export function virtualHostNamed(
  routes: PortRoutes,
  domain: string,
): VirtualHost | undefined {
  const { view } = routes;
  const ofServices = servicesMeantBy(routes, domain).map(service =>
    serviceHost(routes, service, domain),
  );
  const claims = [...hostsOfNoService(routes, domain), ...ofServices].flatMap(
    ({ source, ...host }) => (source ? { source, ...host } : []),
  );
  claims.sort((a, b) => compareSources(a.source, b.source, view));
  return (
    claims[0] ?? ofServices.find(({ service }) => service && !isAlias(service))
  );
}

function serviceHost(
  { snapshot, port, view }: PortRoutes,
  service: MeshService,
  domain: string,
): VirtualHost {
  const { sources } = candidates(snapshot, service, port, view);
  const { rules, source } = selectForSidecar(
    snapshot,
    sources,
    service,
    port,
    view,
  );
  return { domain, service, rules, ...(source && { source }) };
}

/**
 * A VirtualService's hosts that are no service of the port: on port 80, and where it has hosts that are.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `separateVSHostsAndServices`,
 * `buildSidecarVirtualHostsForVirtualService`.
 */
function hostsOfNoService(routes: PortRoutes, domain: string): VirtualHost[] {
  const { snapshot, port, view } = routes;
  if (isHostOfService(routes, domain)) {
    return [];
  }
  return candidatesForHost(snapshot, domain, port, view)
    .filter(
      source =>
        source.hosts.some(host => host.toLowerCase() === domain) &&
        (port === HOSTS_PORT || hasService(routes, source)),
    )
    .map(source => ({
      domain,
      source,
      rules: chosenRules(source, port, view).rules,
    }))
    .filter(({ rules }) => rules.some(({ never }) => never === undefined));
}

function isHostOfService({ byHost }: PortRoutes, domain: string): boolean {
  return isWildcard(domain)
    ? [...byHost.keys()].some(
        host => isSubsetOf(host, domain) || isSubsetOf(domain, host),
      )
    : byHost.has(domain);
}

/** Whether a source applies to a service of the port. */
function hasService(
  { snapshot, services, port, view }: PortRoutes,
  source: RouteSource,
): boolean {
  return services.some(
    found =>
      isHttpOrDetected(found.port.protocol) &&
      source.hosts.some(host => isSubsetOf(found.service.host, host)) &&
      eligibleSources(
        candidates(snapshot, found.service, port, view).sources,
        found.service.host,
      ).some(({ virtualService }) => virtualService === source.virtualService),
  );
}

/** All wildcards for a host that anything on the port may have, the longest first. */
function wildcardsFor(routes: PortRoutes, host: string): string[] {
  const { snapshot, port, view, byHost } = routes;
  const labels = host.split('.');
  const written = [
    ...candidatesForHost(snapshot, host, port, view).flatMap(
      ({ hosts }) => hosts,
    ),
    ...byHost.keys(),
  ]
    .map(name => name.toLowerCase())
    .filter(name => isWildcard(name) && isSubsetOf(host, name));
  return [
    ...new Set([
      ...labels.slice(1).map((_, at) => `*.${labels.slice(at + 1).join('.')}`),
      ...written,
    ]),
  ].sort((a, b) => b.length - a.length);
}

/** `[::1]:80` and `reviews:80` alike. */
function withoutPort(authority: string): string {
  return authority.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}
