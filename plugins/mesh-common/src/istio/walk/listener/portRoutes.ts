import { addTo } from '../../../snapshot/addTo';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { clusterDomain } from '../../injectorConfig';
import { MeshService } from '../../meshServices';
import { isHttpOrDetected } from '../../protocol';
import { RouteView } from '../../routing/view';
import { EgressListener, routesListener } from '../../sidecarScope';
import { aliasesOf, concreteHostNamed } from './aliases';
import { domainsOf, hostsMeantBy } from './domains';
import { PortService, servicesOnPort } from './portServices';

/** The services whose HTTP routes a proxy has for a port. */
export interface PortRoutes {
  snapshot: MeshSnapshot;
  listener: EgressListener;
  port: number;
  view: RouteView;
  services: readonly PortService[];
  /** By host in lower case. */
  byHost: ReadonlyMap<string, readonly PortService[]>;
}

/**
 * Undefined where the client's Sidecar has no listener for the port. Of several services of a host (ServiceEntries, and a
 * Service) the last one counts.
 *
 * Upstream: pilot/pkg/networking/core/httproute.go, `selectVirtualServices`, `servicesByName`.
 */
export function portRoutes(
  snapshot: MeshSnapshot,
  port: number,
  view: RouteView,
): PortRoutes | undefined {
  const listener = routesListener(view.scope?.egress ?? [], port);
  if (!listener) {
    return undefined;
  }
  const imported = servicesOnPort(snapshot, listener, port, view);
  const last = new Map(
    imported.map(({ service }) => [service.host.toLowerCase(), service]),
  );
  const services = imported.filter(
    ({ service }) => last.get(service.host.toLowerCase()) === service,
  );
  const byHost = new Map<string, PortService[]>();
  for (const found of services) {
    addTo(byHost, found.service.host.toLowerCase(), found);
  }
  return { snapshot, listener, port, view, services, byHost };
}

/** The services that answer to a name on the port, HTTP or found out by looking. */
export function servicesMeantBy(
  routes: PortRoutes,
  domain: string,
): MeshService[] {
  const { snapshot, listener, view } = routes;
  const known = httpHost(routes, domain);
  const found = possible(routes, domain).filter(service => {
    const { names, forms } = domainsOf(
      snapshot,
      service,
      aliasesOf(snapshot, listener, service),
      view.namespace,
    );
    // A host that is written out is never taken for a form of another one.
    return names.includes(domain) || (!known && forms.includes(domain));
  });
  return [...new Map(found.map(service => [service.host, service])).values()];
}

function httpHost({ byHost }: PortRoutes, host: string): boolean {
  return (byHost.get(host) ?? []).some(({ port }) =>
    isHttpOrDetected(port.protocol),
  );
}

function possible(routes: PortRoutes, domain: string): MeshService[] {
  const { snapshot, byHost, services, view } = routes;
  const name = domain.replace(/^\*\./, '');
  const hosts = hostsMeantBy(
    name,
    view.namespace,
    clusterDomain(snapshot),
  ).flatMap(host => [host, concreteHostNamed(snapshot, host) ?? host]);
  return [
    ...[domain, ...hosts].flatMap(host => byHost.get(host) ?? []),
    ...services.filter(({ address }) => address === domain),
  ]
    .filter(({ port }) => isHttpOrDetected(port.protocol))
    .map(({ service }) => service);
}
