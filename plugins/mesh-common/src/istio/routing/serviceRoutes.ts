import { Answer, Reason } from '../../contract/common';
import { Exposure, PortRoutes, ServiceRoutes } from '../../contract/routing';
import { Service } from '../../kubernetes/core';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { destinationPolicy } from '../destinationPolicy';
import { MeshService, ofService } from '../meshServices';
import { refusesUnknown, whyUnknown } from '../serviceVisibility';
import { exposuresOf } from '../walk/gateway/exposures';
import { isHttpOrDetected, Protocol, protocolAnswer } from '../protocol';
import { ResolvedDestination, resolveDestination } from './backends';
import { candidates, Candidates } from './candidates';
import { gatewayPorts } from './gatewayPorts';
import { listenerSetNotes } from './listenerSets';
import { literalHosts } from './literalHosts';
import { place, Place } from './place';
import { httpRoutes } from './httpRoutes';
import { connectionRules } from './portConnections';
import { unusedConnections, unusedHttp } from './unusedRules';
import { withoutProxy } from './withoutProxy';
import { RouteView } from './view';

const RULE = 'istio/routes';

/** What is told of the routes to one host. */
export type RoutesOfHost = Pick<
  ServiceRoutes,
  'host' | 'waypoint' | 'ports' | 'gateways'
>;

/** A port, and what decides its protocol. */
export interface RoutedPort {
  port: number;
  name?: string;
  protocol: Answer<Protocol>;
}

type PortAnswer = Omit<PortRoutes, 'port' | 'name' | 'protocol'>;

/** The effective routes to a Service from a place: by its port what rules decide, and what they lead to. */
export function serviceRoutes(
  snapshot: MeshSnapshot,
  service: Service,
  seenFrom: ServiceRoutes['seenFrom'],
): RoutesOfHost {
  return routesOfHost(
    snapshot,
    ofService(snapshot, service),
    service.spec.ports.map(port => ({
      port: port.port,
      ...(port.name && { name: port.name }),
      protocol: protocolAnswer(snapshot, service, port),
    })),
    seenFrom,
  );
}

/** The same for any service of the mesh, whose ports are told beside it. */
export function routesOfHost(
  snapshot: MeshSnapshot,
  mesh: MeshService,
  ports: readonly RoutedPort[],
  seenFrom: ServiceRoutes['seenFrom'],
): RoutesOfHost {
  const from = place(snapshot, mesh, seenFrom);
  const gateways = exposuresOf(snapshot, mesh);
  const answerOf = answersFrom(snapshot, mesh, from, gateways);
  const notes = listenerSetNotes(snapshot, mesh);
  return {
    host: mesh.host,
    ...(from.applied === true && from.waypoint && { waypoint: from.waypoint }),
    ...(gateways?.length && { gateways }),
    ports: ports.map(port => {
      const answer = answerOf(port.port, port.protocol.value);
      return { ...port, ...answer, ignored: [...answer.ignored, ...notes] };
    }),
  };
}

function answersFrom(
  snapshot: MeshSnapshot,
  service: MeshService,
  from: Place,
  gateways: readonly Exposure[] | undefined,
): (port: number, protocol: Protocol) => PortAnswer {
  switch (from.applied) {
    case true:
      return rulesFrom(snapshot, service, from);
    case 'at-gateway':
      return gatewayPorts(snapshot, service, from.view, gateways ?? []);
    default:
      return () => ({
        routing: from.routing,
        rules: [],
        destinations: [],
        ignored:
          from.routing.value === 'service'
            ? withoutProxy(snapshot, service)
            : [],
      });
  }
}

function rulesFrom(
  snapshot: MeshSnapshot,
  service: MeshService,
  from: Extract<Place, { applied: true }>,
): (port: number, protocol: Protocol) => PortAnswer {
  const { view } = from;
  return (port, protocol) => {
    const found = candidates(snapshot, service, port, view);
    const unknown =
      view.scope &&
      whyUnknown(snapshot, service, port, view.scope, view.config);
    if (unknown && view.scope) {
      return {
        routing: {
          value: refusesUnknown(view.scope) ? 'service' : 'not-in-mesh',
          reasons: [unknown],
          ...withNotes(literalHosts(snapshot, service, port, view, true)),
        },
        rules: [],
        destinations: [],
        ignored: found.ignored,
      };
    }
    return portAnswer(snapshot, service, port, protocol, from, found);
  };
}

function withNotes(
  notes: readonly Reason[],
): Pick<Answer<string>, 'mayDiffer'> {
  return notes.length > 0 ? { mayDiffer: [...notes] } : {};
}

function portAnswer(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
  protocol: Protocol,
  { view, mayDiffer }: Extract<Place, { applied: true }>,
  found: Candidates,
): PortAnswer {
  const http = isHttpOrDetected(protocol)
    ? httpRoutes(snapshot, service, port, view, found.sources)
    : undefined;
  const connections = connectionRules(
    snapshot,
    service,
    port,
    protocol,
    view,
    found,
  );
  const used = http ?? connections;
  const rules = used.rules;
  const notes = [
    ...mayDiffer,
    ...(http ? literalHosts(snapshot, service, port, view, false) : []),
    ...(http && connections.rules.length > 0
      ? connections.rules.flatMap(({ name, reasons }) =>
          reasons.map(reason => ({
            ...reason,
            text: `Connections that are not HTTP follow ${name}`,
          })),
        )
      : []),
  ];
  const routing: PortAnswer['routing'] = {
    ...(rules.length > 0
      ? {
          value: 'rules',
          reasons: used.reasons,
          ...(found.predicted && { predicted: true }),
        }
      : serviceAnswer(service, protocol)),
    ...withNotes(notes),
  };
  return {
    routing,
    rules,
    ...(http?.unmatched && { unmatched: http.unmatched }),
    destinations: policies(snapshot, used.destinations, service, port, view),
    ignored: [
      ...found.ignored,
      ...(http ? http.ignored : []),
      ...(http ? [] : unusedHttp(snapshot, protocol, found)),
      ...unusedConnections(snapshot, protocol, found),
    ],
  };
}

function serviceAnswer(
  service: MeshService,
  protocol: Protocol,
): Answer<'service'> {
  return {
    value: 'service',
    reasons: [
      {
        rule: RULE,
        text:
          protocol === 'udp'
            ? 'The mesh carries TCP only: UDP goes past the proxy'
            : `No rule for ${service.host} decides here: requests go to ${
                service.service ? 'the Service' : 'the host'
              } itself`,
      },
    ],
  };
}

/** Each destination once; where no rule decides, the Service itself. */
function policies(
  snapshot: MeshSnapshot,
  destinations: readonly ResolvedDestination[],
  service: MeshService,
  port: number,
  view: RouteView,
): PortRoutes['destinations'] {
  const all =
    destinations.length > 0
      ? destinations
      : [
          resolveDestination(
            snapshot,
            { host: service.host, port: { number: port } },
            port,
            view,
          ),
        ];
  const distinct = new Map(
    all
      .filter(({ missing }) => missing === undefined)
      .map(destination => [
        `${destination.host}:${destination.port}/${destination.subset ?? ''}`,
        destination,
      ]),
  );
  return [...distinct.values()].map(destination =>
    destinationPolicy(snapshot, destination, view),
  );
}
