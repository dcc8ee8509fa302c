import {
  Exposure,
  PortRoutes,
  RouteRule,
  ServiceRoutes,
} from 'backstage-plugin-mesh-common';
import { GatewayAnswer } from '../commands/gatewayRoutes';
import { Input } from '../input/load';
import { Terminal } from '../terminal';
import { deliveryLines } from './canaryText';
import { reasonLines } from './reasons';
import {
  backendWords,
  destinationWords,
  effectWords,
  matchWords,
} from './routeWords';
import { Style, styleOf } from './style';

/** The routes for people: of each port the rules, in the order in which they are tried. */
export function routesText(
  services: readonly ServiceRoutes[],
  input: Input,
  terminal: Terminal,
): string {
  const style = styleOf(terminal);
  return services
    .map(service =>
      [
        serviceLine(service, style),
        ...service.ports.flatMap(port => portLines(port, input, style)),
        ...(service.ports.length === 0 ? ['  It has no ports'] : []),
        ...(service.delivery
          ? deliveryLines(service.delivery, input, style)
          : []),
        ...(service.gateways ?? []).flatMap(gateway =>
          gatewayLines(gateway, input, style),
        ),
      ].join('\n'),
    )
    .join('\n\n');
}

function serviceLine(
  { service, mesh, waypoint, seenFrom }: ServiceRoutes,
  style: Style,
): string {
  const from = seenFrom.workload
    ? `${seenFrom.workload.kind} ${seenFrom.namespace}/${seenFrom.workload.name}`
    : `namespace ${seenFrom.namespace}`;
  return `${style.paint(
    'bold',
    service.kind
      ? `Host ${service.name}`
      : `Service ${service.namespace}/${service.name}`,
  )} (${mesh ?? 'not in a mesh'}${
    waypoint ? `, waypoint ${waypoint}` : ''
  }), seen from ${from}`;
}

function portLines(port: PortRoutes, input: Input, style: Style): string[] {
  const { routing, rules, unmatched, destinations, ignored } = port;
  const head = [port.port, port.name, port.protocol.value]
    .filter(Boolean)
    .join(' ');
  return [
    `  ${style.paint('bold', head)}${routing.predicted ? ', predicted' : ''}`,
    ...(routing.value === 'rules'
      ? rules.flatMap((rule, index) => ruleLines(rule, index, input, style))
      : reasonLines(routing.reasons, input, style, 4)),
    ...(unmatched
      ? [
          `    ${style.paint('yellow', `otherwise ${unmatched.status}`)}`,
          ...reasonLines([unmatched.reason], input, style, 7),
        ]
      : []),
    ...destinations
      .filter(({ outlierDetection, limits }) => outlierDetection ?? limits[0])
      .map(destination =>
        style.wrap(`to ${destinationWords(destination)}`, 4, 6),
      ),
    ...(ignored.length > 0
      ? ['    without effect:', ...reasonLines(ignored, input, style, 6)]
      : []),
  ];
}

/** How the Service is reached from outside. */
function gatewayLines(
  { gateway, port, protocol, hosts, rules }: Exposure,
  input: Input,
  style: Style,
): string[] {
  const { namespace, name, listener } = gateway;
  const place = `through Gateway ${namespace}/${name}${
    listener ? ` (${listener})` : ''
  }`;
  return [
    `  ${style.paint('bold', place)}, port ${port} ${protocol}: ${hosts.join(
      ', ',
    )}`,
    ...rules.flatMap((rule, index) => ruleLines(rule, index, input, style)),
  ];
}

/** The rules of a gateway for a host. */
export function gatewayText(
  { gateway, host, port, domain, routing, rules }: GatewayAnswer,
  input: Input,
  terminal: Terminal,
): string {
  const style = styleOf(terminal);
  const place = `Gateway ${gateway.namespace}/${gateway.name}, port ${port}`;
  const under = domain && domain !== host ? ` (as ${domain})` : '';
  return [
    `${style.paint('bold', place)}: ${host}${under}`,
    ...(routing.value === 'rules'
      ? rules.flatMap((rule, index) => ruleLines(rule, index, input, style))
      : reasonLines(routing.reasons, input, style, 4)),
  ].join('\n');
}

function ruleLines(
  rule: RouteRule,
  index: number,
  input: Input,
  style: Style,
): string[] {
  const number = `${index + 1}`.padStart(5);
  const inner = 7;
  const [first] = rule.reasons;
  const place = first?.object && input.locate(first.object, first.field);
  return [
    style.wrap(`${number}  ${matchWords(rule, index === 0)}`, 0, inner),
    ...(rule.neverMatches
      ? [
          style.wrap(
            `${style.paint('yellow', 'never matches')}: ${
              rule.neverMatches.text
            }`,
            inner,
          ),
        ]
      : []),
    ...rule.backends.map(backend =>
      style.wrap(`-> ${backendWords(backend)}`, inner, inner + 3),
    ),
    ...effectWords(rule).map(line => style.wrap(line, inner)),
    style.paint(
      'dim',
      style.wrap(
        `${rule.name}${place ? ` [${place.file}:${place.line}]` : ''}`,
        inner,
      ),
    ),
  ];
}
