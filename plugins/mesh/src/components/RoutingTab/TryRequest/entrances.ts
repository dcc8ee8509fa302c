import { ServiceRoutes } from 'backstage-plugin-mesh-common';

/** A way in: what a request says that comes by it. */
export interface Entrance {
  /** As the field From has it. */
  from: string;
  hosts: readonly string[];
  port: string;
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
