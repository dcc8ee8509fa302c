import { ServiceRoutes } from 'backstage-plugin-mesh-common';
import { serviceName } from '../../../format/refs';

/** A way in: what a request says that comes by it. */
export interface Entrance {
  /** As the field From has it. */
  from: string;
  hosts: readonly string[];
  port: string;
}

/** Where a Service is known by a name that requests to it have there. */
export interface WalkPlace {
  cluster: string;
  hosts: readonly string[];
  ports: readonly string[];
}

/** Its own cluster, and those that have a Service which stands for it. */
export function placesOf({
  service,
  host,
  ports,
  mirrors = [],
}: ServiceRoutes): WalkPlace[] {
  return [
    {
      cluster: service.cluster,
      hosts: [...new Set([serviceName(service), host])],
      ports: ports.map(({ port }) => String(port)),
    },
    ...mirrors.map(mirror => ({
      cluster: mirror.service.cluster,
      hosts: [serviceName(mirror.service)],
      ports: mirror.ports.map(String),
    })),
  ];
}

/** The Gateways by which requests from outside come to a Service. */
export function entrancesOf({ gateways = [] }: ServiceRoutes): Entrance[] {
  return gateways.map(({ gateway, port, hosts }) => ({
    from: `${gateway.namespace}/Gateway/${gateway.name}`,
    // A wildcard is no name that a request could have.
    hosts: hosts.filter(host => !host.includes('*')),
    port: String(port),
  }));
}
