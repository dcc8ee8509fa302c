import { linkerdValues } from '../../controllers/injection/linkerd';
import { LINKERD_CONTROLLER } from '../../controllers/linkerdRoutes';
import type { ObjectStore } from '../../store/types';
import {
  services,
  type Pod,
  type Service,
  type ServicePort,
} from '../../world/coreKinds';
import {
  httpRoutes,
  isAccepted,
  policyHttpRoutes,
  type HttpRoute,
} from '../../world/gatewayKinds';
import { serviceProfiles, type ServiceProfile } from '../../world/linkerdKinds';
import { matchRoutes } from '../gatewayMatch';
import { hostOf, resolveHost } from '../hosts';
import type { Request } from '../request';
import { sharesOf } from '../split';
import type { Outbound } from './flow';
import { includesPort } from './proxy';

export type LinkerdLeg = { share: number; outbound: Outbound } & (
  | { service: Service; port: number }
  | { code: number }
);

/** The values of `appProtocol` that do not make a port opaque. */
const HTTP_PROTOCOLS = ['http', 'kubernetes.io/h2c'];

/** Whether the proxies only forward bytes: an unknown `appProtocol` does that too. */
export function isOpaquePort(
  store: ObjectStore,
  service: Service,
  { appProtocol, port }: ServicePort,
): boolean {
  if (appProtocol !== undefined) {
    return !HTTP_PROTOCOLS.includes(appProtocol);
  }
  return includesPort(
    service.annotations['config.linkerd.io/opaque-ports'] ??
      linkerdValues(store)?.proxy.opaquePorts,
    port,
  );
}

/**
 * How a client's proxy routes an HTTP request to a Service: by its ServiceProfile if that has routes or overrides, else
 * by the accepted HTTPRoutes (a request that matches none is 404), else to the Service itself.
 */
export function legsOf(
  store: ObjectStore,
  client: Pod,
  service: Service,
  request: Request,
): LinkerdLeg[] {
  const profile = profileOf(store, client, service);
  if (profile) {
    return legsOfProfile(store, profile, service, request);
  }
  const routes = routesOf(store, client, service, request.port);
  const own = { service, port: request.port };
  if (routes.length === 0) {
    const route = { group: '', kind: 'default', namespace: '', name: 'http' };
    return [{ share: 1, ...own, outbound: { route, backend: own } }];
  }
  const matched = matchRoutes(routes, request);
  if (!matched) {
    return [{ share: 1, code: 404, outbound: {} }];
  }
  const route = {
    group: matched.route.object.apiVersion.split('/')[0],
    kind: 'HTTPRoute',
    namespace: matched.route.namespace,
    name: matched.route.name,
  };
  if (matched.backends.length === 0) {
    return [{ share: 1, ...own, outbound: { route, backend: own } }];
  }
  const shares = sharesOf(matched.backends, ({ weight }) => weight);
  return shares.length === 0
    ? [{ share: 1, code: 500, outbound: { route } }]
    : shares.map(({ entry: { name, namespace, port }, share }) => {
        const target = services.get(
          store,
          namespace ?? service.namespace,
          name,
        );
        if (!target || port === undefined) {
          return { share, code: 500, outbound: { route } };
        }
        const backend = { service: target, port };
        return { share, ...backend, outbound: { route, backend } };
      });
}

function profileOf(
  store: ObjectStore,
  client: Pod,
  service: Service,
): ServiceProfile | undefined {
  const name = hostOf(service);
  const profile =
    serviceProfiles.get(store, client.namespace, name) ??
    serviceProfiles.get(store, service.namespace, name);
  const spec = profile?.body.spec;
  return spec && (spec.routes.length > 0 || spec.dstOverrides.length > 0)
    ? profile
    : undefined;
}

function legsOfProfile(
  store: ObjectStore,
  { body }: ServiceProfile,
  service: Service,
  request: Request,
): LinkerdLeg[] {
  const { routes, dstOverrides } = body.spec;
  const profileRoute =
    routes.find(
      ({ condition }) =>
        (!condition.method || condition.method === request.method) &&
        (!condition.pathRegex ||
          new RegExp(`^(?:${condition.pathRegex})$`).test(request.path)),
    )?.name ?? '[DEFAULT]';
  const own = { service, port: request.port };
  const overrides = sharesOf(dstOverrides, ({ weight }) => weight);
  if (overrides.length === 0) {
    return [{ share: 1, ...own, outbound: { profileRoute, backend: own } }];
  }
  return overrides.map(({ entry: { authority }, share }) => {
    const [host, port = String(request.port)] = authority.split(':');
    const target = resolveHost(store, service.namespace, host);
    return target
      ? {
          share,
          service: target,
          port: Number(port),
          outbound: { profileRoute },
        }
      : { share, code: 503, outbound: { profileRoute } };
  });
}

/** The producer's routes count for everybody, a consumer's only in the client's namespace. */
function routesOf(
  store: ObjectStore,
  client: Pod,
  service: Service,
  port: number,
): HttpRoute[] {
  return [...httpRoutes.list(store), ...policyHttpRoutes.list(store)].filter(
    route =>
      [service.namespace, client.namespace].includes(route.namespace) &&
      route.body.spec.parentRefs.some(
        parent =>
          parent.kind === 'Service' &&
          parent.name === service.name &&
          (parent.namespace ?? route.namespace) === service.namespace &&
          (parent.port === undefined || parent.port === port) &&
          isAccepted(route, parent, LINKERD_CONTROLLER),
      ),
  );
}
