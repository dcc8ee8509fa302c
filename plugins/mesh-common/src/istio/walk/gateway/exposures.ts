import { Exposure, RouteRule } from '../../../contract/routing';
import { GatewayApiGateway } from '../../../gateway-api/objects';
import { parentOf, Referent } from '../../../gateway-api/references';
import { namespaceOf } from '../../../kubernetes/objects';
import { unreadInput } from '../../../mesh/answers';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { isVisibleFrom } from '../../exportTo';
import { MeshConfig, meshConfig } from '../../meshConfig';
import { MeshService } from '../../meshServices';
import { ConnectionRule } from '../../routing/connectionRules';
import { resolveGatewayName } from '../../routing/gatewayNames';
import { mergeAdjacent } from '../../routing/httpRoutes';
import { translateRule } from '../../routing/httpRule';
import { notAccepted } from '../../routing/gatewayApiStatus';
import { mergedRoutes } from '../../routing/mergedRoutes';
import { chosenRules } from '../../routing/select';
import { RouteSource } from '../../routing/source';
import { shownConnections } from '../../routing/tcpRules';
import { RouteView } from '../../routing/view';
import { gatewaysOf } from '../../routing/virtualServiceParts';
import { virtualServiceSource } from '../../routing/virtualServiceSource';
import { connectionSourcesOf } from './attachedConnections';
import { convertedAtGateway } from './attachedSources';
import { hostnamesOf, isOwnHost, whyNotAttached } from './attachment';
import { isListenerServer } from './boundSources';
import { isFor } from './connections';
import { connectionRulesOf } from './connectionSources';
import { makesServers } from './gatewayClass';
import { LISTENER_SET_KINDS } from './ListenerOwner';
import { ListenerServer, listenerServers } from './listenerServers';
import { gatewayOfSet } from './listenerSets';
import {
  isForConnections,
  RouteOfGateway,
  ROUTE_KINDS,
} from './routesOfGateway';
import { routesSendingTo, virtualServicesSendingTo } from './senders';
import { GatewayServer, istioServers, servesHttp } from './server';
import { commonHosts, hostsFor } from './serverHosts';

const GATEWAY = 'gateway.networking.k8s.io/Gateway';

/** What a source of routes does at a server. */
interface Bound {
  source: RouteSource;
  connections: readonly ConnectionRule[];
}

/**
 * The ports of Gateways by which requests from outside come to a Service: of each VirtualService and each route of the
 * Gateway API that sends to it the Gateways that it is bound to, with the hosts that they have in common. Whether
 * another route for the same host takes the requests before is said by a walk. Undefined where an input could not be
 * read.
 */
export function exposuresOf(
  snapshot: MeshSnapshot,
  service: MeshService,
): Exposure[] | undefined {
  const mesh = meshConfig(snapshot);
  const name = service.service?.metadata.name;
  if (mesh.state === 'unknown' || isUnread(snapshot) || name === undefined) {
    return undefined;
  }
  const { config } = mesh;
  const place = { name, namespace: service.namespace };
  return [
    ...virtualServicesSendingTo(snapshot, service.host, place).flatMap(
      found => {
        const source = virtualServiceSource(snapshot, found, config);
        const { tcp, tls } = connectionRulesOf(snapshot, source, found);
        const names = gatewaysOf(found).map(one =>
          resolveGatewayName(one, source.namespace),
        );
        return [...new Set(names)]
          .flatMap(one => istioServersNamed(snapshot, one))
          .flatMap(server =>
            exposure(
              snapshot,
              server,
              { source, connections: [...tcp, ...tls] },
              service,
              config,
            ),
          );
      },
    ),
    ...routesSendingTo(snapshot, place).flatMap(route =>
      (route.object.spec?.parentRefs ?? []).flatMap((reference, index) =>
        attachedTo(snapshot, {
          ...route,
          parent: parentOf(reference, namespaceOf(route.object)),
          field: `spec.parentRefs[${index}]`,
        }).flatMap(({ server, bound }) =>
          exposure(snapshot, server, bound, service, config),
        ),
      ),
    ),
  ];
}

function isUnread(snapshot: MeshSnapshot): boolean {
  const unread = unreadInput(snapshot, 'istio/gateway-exposure', {
    optional: [
      'networking.istio.io/Gateway',
      'networking.istio.io/VirtualService',
      'gateway.networking.k8s.io/Gateway',
      'gateway.networking.k8s.io/GatewayClass',
      ...LISTENER_SET_KINDS,
      ...ROUTE_KINDS,
    ],
    namespaces: [],
  });
  return unread !== undefined;
}

function istioServersNamed(
  snapshot: MeshSnapshot,
  gateway: string,
): GatewayServer[] {
  const [namespace, name = ''] = gateway.split('/');
  const found = snapshot.get('networking.istio.io/Gateway', namespace, name);
  return found ? istioServers(found) : [];
}

/** The listeners that a route is attached to by one of its parentRefs, and what it does there. */
function attachedTo(
  snapshot: MeshSnapshot,
  route: RouteOfGateway,
): { server: ListenerServer; bound: Bound }[] {
  const parent = gatewayOfParent(snapshot, route.parent);
  if (
    !parent ||
    !makesServers(snapshot, parent) ||
    notAccepted(snapshot, route.object, route)
  ) {
    return [];
  }
  const { group, kind, namespace, name } = route.parent;
  return listenerServers(snapshot, parent)
    .filter(
      ({ owner }) =>
        owner.kind === `${group}/${kind}` &&
        namespaceOf(owner.object) === namespace &&
        owner.object.metadata.name === name,
    )
    .filter(server => whyNotAttached(route, server) === undefined)
    .flatMap(server =>
      boundBy(snapshot, route, server).map(bound => ({ server, bound })),
    );
}

/** The Gateway that a parentRef names, or to which the ListenerSet adds that it names. */
function gatewayOfParent(
  snapshot: MeshSnapshot,
  { group, kind, namespace, name }: Referent,
): GatewayApiGateway | undefined {
  const kindId = `${group}/${kind}`;
  const setKind = LISTENER_SET_KINDS.find(one => one === kindId);
  if (!setKind) {
    return kindId === GATEWAY
      ? snapshot.get(GATEWAY, namespace, name)
      : undefined;
  }
  const set = snapshot.get(setKind, namespace, name);
  const parent = set && gatewayOfSet(set);
  return parent && snapshot.get(GATEWAY, parent.namespace, parent.name);
}

function boundBy(
  snapshot: MeshSnapshot,
  route: RouteOfGateway,
  server: ListenerServer,
): Bound[] {
  if (isForConnections(route)) {
    return connectionSourcesOf(snapshot, route, server).map(
      ({ source, tcp, tls }) => ({ source, connections: [...tcp, ...tls] }),
    );
  }
  const converted = convertedAtGateway(snapshot, route);
  const hosts = hostnamesOf(route).filter(host => isOwnHost(host, server));
  return converted && hosts.length > 0
    ? [
        {
          source: {
            ...mergedRoutes(hosts[0], server.gateway, [converted]),
            hosts,
          },
          connections: [],
        },
      ]
    : [];
}

function exposure(
  snapshot: MeshSnapshot,
  server: GatewayServer,
  { source, connections }: Bound,
  service: MeshService,
  config: MeshConfig,
): Exposure[] {
  const view: RouteView = {
    proxy: 'gateway',
    namespace: server.namespace,
    config,
    gateway: server.gateway,
  };
  const visible = isVisibleFrom(
    {
      exportTo: source.exportTo,
      defaults: config.defaultVirtualServiceExportTo,
      namespace: source.namespace,
    },
    server.namespace,
  );
  const hosts = visible
    ? commonHosts(hostsFor(server, source.namespace), source.hosts)
    : [];
  if (hosts.length === 0) {
    return [];
  }
  const rules = servesHttp(server)
    ? requestRules(snapshot, server, source, service, view)
    : shownConnections(
        snapshot,
        connections.filter(
          ({ route, matches }) =>
            route.some(
              ({ destination }) => destination.host === service.host,
            ) &&
            (matches.length === 0 || matches.some(one => isFor(one, server))),
        ),
        server.port.number,
        view,
      ).rules;
  return rules.length > 0
    ? [
        {
          gateway: gatewayOf(server),
          port: server.port.number,
          protocol: server.port.protocol,
          hosts,
          rules,
        },
      ]
    : [];
}

function requestRules(
  snapshot: MeshSnapshot,
  { port: { number } }: GatewayServer,
  source: RouteSource,
  { host }: MeshService,
  view: RouteView,
): RouteRule[] {
  const leading = chosenRules(source, number, view).rules.filter(
    ({ rule: { http }, never }) =>
      never === undefined &&
      !http.redirect &&
      !http.directResponse &&
      (http.route ?? []).some(({ destination }) => destination.host === host),
  );
  return mergeAdjacent(
    leading.map(rule => translateRule(snapshot, rule, number, view).rule),
  );
}

function gatewayOf(server: GatewayServer): Exposure['gateway'] {
  const { kind, object } = server.written;
  if (!isListenerServer(server)) {
    return { kind, namespace: namespaceOf(object), name: object.metadata.name };
  }
  const { owner, parent, listener } = server;
  return {
    kind: GATEWAY,
    namespace: namespaceOf(parent),
    name: parent.metadata.name,
    listener:
      owner.kind === GATEWAY
        ? listener.name
        : `${listener.name} (${object.kind} ${namespaceOf(object)}/${
            object.metadata.name
          })`,
  };
}
