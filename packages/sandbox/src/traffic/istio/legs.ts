import { ISTIO_CONTROLLER } from '../../controllers/istioRoutes';
import type { ObjectStore } from '../../store/types';
import { services, type Pod, type Service } from '../../world/coreKinds';
import {
  httpRoutes,
  isAccepted,
  type HttpRoute,
} from '../../world/gatewayKinds';
import { byAge } from '../../world/kind';
import type { IstioHttpRule, VirtualService } from '../../world/istioKinds';
import { matchRoutes } from '../gatewayMatch';
import { hostOf, resolveHost } from '../hosts';
import type { Request } from '../request';
import { sharesOf } from '../split';
import {
  chooseRule,
  expandHost,
  gatewaysAt,
  virtualServicesFor,
} from './virtualService';

/** Where a share of the requests goes. */
export type Leg =
  | {
      share: number;
      service: Service;
      port: number;
      subset?: string;
    }
  | {
      share: number;
      answer: { code: number; flags: string; clusterKnown: boolean };
    };

const NO_ROUTE: Leg = {
  share: 1,
  answer: { code: 404, flags: 'NR', clusterKnown: false },
};

/**
 * How a client's proxy routes a request. In the mesh VirtualService and HTTPRoute for one host do not mix: the older
 * one counts. Nothing (undefined) where the name resolves to no Service and no gateway serves it.
 */
export function legsOfClient(
  store: ObjectStore,
  client: Pod,
  request: Request,
): Leg[] | undefined {
  const gateways = gatewaysAt(store, client);
  const atGateway = !gateways.includes('mesh');
  const service = resolveHost(store, client.namespace, request.host);
  const host = service ? hostOf(service) : request.host;
  const found = virtualServicesFor(store, client, host, gateways);
  const routes = service
    ? meshRoutes(store, client, service, request.port)
    : [];
  const older =
    routes[0] && (!found[0] || byAge(routes[0], found[0]) < 0) && !atGateway;
  const virtual = atGateway ? found : found.slice(0, 1);
  const legs = older
    ? legsOfRoutes(store, routes, request)
    : legsOfVirtualServices(store, virtual, client, request, gateways);
  if (legs) {
    return legs;
  }
  if (service) {
    return [{ share: 1, service, port: request.port }];
  }
  return atGateway ? [NO_ROUTE] : undefined;
}

/** How a waypoint routes what is for a Service: by what is in the Service's or the waypoint's namespace. */
export function legsOfWaypoint(
  store: ObjectStore,
  waypoint: Pod,
  service: Service,
  request: Request,
): Leg[] {
  const places = [service.namespace, waypoint.namespace];
  const virtual = virtualServicesFor(store, waypoint, hostOf(service), [
    'mesh',
  ]).filter(({ namespace }) => places.includes(namespace));
  const routes = meshRoutes(store, waypoint, service, request.port).filter(
    ({ namespace }) => places.includes(namespace),
  );
  return (
    legsOfVirtualServices(store, virtual, waypoint, request, ['mesh']) ??
    legsOfRoutes(store, routes, request) ?? [
      { share: 1, service, port: request.port },
    ]
  );
}

/** The accepted HTTPRoutes of a Service: the client's own namespace's if it has any, else the Service's. */
function meshRoutes(
  store: ObjectStore,
  client: Pod,
  service: Service,
  port: number,
): HttpRoute[] {
  const attached = httpRoutes
    .list(store)
    .filter(route =>
      route.body.spec.parentRefs.some(
        parent =>
          parent.kind === 'Service' &&
          parent.name === service.name &&
          (parent.namespace ?? route.namespace) === service.namespace &&
          (parent.port === undefined || parent.port === port) &&
          isAccepted(route, parent, ISTIO_CONTROLLER),
      ),
    );
  const of = (namespace: string) =>
    attached.filter(route => route.namespace === namespace).sort(byAge);
  const consumer =
    client.namespace === service.namespace ? [] : of(client.namespace);
  return consumer.length > 0 ? consumer : of(service.namespace);
}

function legsOfRoutes(
  store: ObjectStore,
  routes: readonly HttpRoute[],
  request: Request,
): Leg[] | undefined {
  if (routes.length === 0) {
    return undefined;
  }
  const matched = matchRoutes(routes, request);
  if (!matched) {
    return [NO_ROUTE];
  }
  const failure: Leg = {
    share: 1,
    answer: { code: 500, flags: '-', clusterKnown: false },
  };
  const shares = sharesOf(matched.backends, ({ weight }) => weight);
  return shares.length === 0
    ? [failure]
    : shares.map(({ entry: { name, namespace, port }, share }) => {
        const service = services.get(
          store,
          namespace ?? matched.route.namespace,
          name,
        );
        return service
          ? { share, service, port: port ?? request.port }
          : { ...failure, share };
      });
}

function legsOfVirtualServices(
  store: ObjectStore,
  found: readonly VirtualService[],
  client: Pod,
  request: Request,
  gateways: readonly string[],
): Leg[] | undefined {
  const choice = chooseRule(found, client, request, gateways);
  if (choice.outcome === 'none') {
    return undefined;
  }
  return choice.outcome === 'rule'
    ? legsOfRule(store, choice.rule, choice.virtualService, request)
    : [NO_ROUTE];
}

function legsOfRule(
  store: ObjectStore,
  rule: IstioHttpRule,
  { namespace }: VirtualService,
  request: Request,
): Leg[] {
  if (rule.directResponse) {
    return [
      {
        share: 1,
        answer: {
          code: rule.directResponse.status,
          flags: '-',
          clusterKnown: false,
        },
      },
    ];
  }
  if (rule.redirect) {
    return [
      {
        share: 1,
        answer: {
          code: rule.redirect.redirectCode ?? 301,
          flags: '-',
          clusterKnown: false,
        },
      },
    ];
  }
  const abort = rule.fault?.abort;
  const aborted = abort ? (abort.percentage?.value ?? 100) / 100 : 0;
  const legs = sharesOf(rule.route, ({ weight }) => weight).map(
    ({ entry: { destination }, share }): Leg => {
      const service = serviceOf(store, expandHost(destination.host, namespace));
      const remaining = share * (1 - aborted);
      return service
        ? {
            share: remaining,
            service,
            port: destination.port?.number ?? onlyPort(service) ?? request.port,
            ...(destination.subset && { subset: destination.subset }),
          }
        : {
            share: remaining,
            answer: { code: 503, flags: 'NC', clusterKnown: false },
          };
    },
  );
  return aborted > 0
    ? [
        {
          share: aborted,
          answer: {
            code: abort?.httpStatus ?? 503,
            flags: 'FI',
            clusterKnown: true,
          },
        },
        ...legs,
      ]
    : legs;
}

function onlyPort({ body }: Service): number | undefined {
  const { ports } = body.spec;
  return ports.length === 1 ? ports[0].port : undefined;
}

/** The Service of a full host name; one with two parts only is no name that Istio knows. */
function serviceOf(store: ObjectStore, host: string): Service | undefined {
  const namespace = host.split('.')[1];
  return host.split('.').length > 2
    ? resolveHost(store, namespace, host)
    : undefined;
}
