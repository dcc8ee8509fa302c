import { PortRoutes, RouteRule, ServiceRoutes } from '../contract/routing';
import {
  ChecklistPart,
  fail,
  Judgement,
  notApplicable,
  portName,
  unknownBecause,
} from './measurement';

const HTTP: ReadonlySet<string> = new Set([
  'http',
  'http2',
  'http_proxy',
  'grpc',
  'grpc-web',
  'detected',
]);

/**
 * A judgement on each port of the Services that clients reach through a proxy. Where no proxy applies
 * anything the item fails, and where what decides could not be read it is unknown, whatever is asked.
 */
export function ofPorts(
  part: ChecklistPart,
  judge: (port: PortRoutes, name: string, routes: ServiceRoutes) => Judgement,
): Judgement[] {
  if (part.routes.length === 0) {
    return [
      notApplicable('No Service selects the workloads, so nobody is routed'),
    ];
  }
  return part.routes.flatMap(routes =>
    routes.ports.map(port => {
      const name = portName(routes.service, port);
      if (port.protocol.value === 'udp') {
        return notApplicable(`${name} is UDP, which meshes do not carry`);
      }
      const { value, cause, reasons } = port.routing;
      switch (value) {
        case 'unknown':
          return unknownBecause(
            cause,
            `what decides for ${name} could not be read`,
            reasons,
          );
        case 'not-in-mesh':
          return fail(`no proxy applies anything to ${name}`, reasons);
        default:
          return judge(port, name, routes);
      }
    }),
  );
}

/** The same for ports whose requests a proxy can tell apart. */
export function ofHttpPorts(
  part: ChecklistPart,
  judge: (port: PortRoutes, name: string, routes: ServiceRoutes) => Judgement,
): Judgement[] {
  return ofPorts(part, (port, name, routes) =>
    HTTP.has(port.protocol.value)
      ? judge(port, name, routes)
      : notApplicable(
          `${name} is ${port.protocol.value}: a proxy sees connections there, not requests`,
          port.protocol.reasons,
        ),
  );
}

/** The rules that take requests and send them on. */
export function forwarding({ rules }: PortRoutes): RouteRule[] {
  return rules.filter(
    ({ action, neverMatches }) => action === 'forward' && !neverMatches,
  );
}
