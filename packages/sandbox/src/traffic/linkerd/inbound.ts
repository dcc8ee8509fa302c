import { BlockList } from 'node:net';
import { linkerdValues } from '../../controllers/injection/linkerd';
import { LINKERD_CONTROLLER } from '../../controllers/linkerdRoutes';
import type { ObjectStore } from '../../store/types';
import { runningContainers, type Pod } from '../../world/coreKinds';
import {
  httpRoutes,
  isAccepted,
  policyHttpRoutes,
  type HttpRoute,
} from '../../world/gatewayKinds';
import { byAge } from '../../world/kind';
import {
  linkerdAuthorizationPolicies,
  servers,
  type Server,
} from '../../world/linkerdKinds';
import { selects } from '../../world/selector';
import { matchRoutes } from '../gatewayMatch';
import type { Request } from '../request';
import { authenticates } from './authentication';
import type { Inbound, Named } from './flow';
import type { LinkerdProxy } from './proxy';

const POLICY = 'policy.linkerd.io';

export interface Peer {
  /** Undefined on plaintext. */
  identity?: string;
  ip: string;
}

/**
 * What a server's proxy makes of a request on a container port: by the oldest Server that takes the port, else by the
 * pod's default policy. Where routes are attached to the Server, one of them must match.
 */
export function decideInbound(
  store: ObjectStore,
  pod: Pod,
  proxy: LinkerdProxy,
  port: number,
  peer: Peer,
  request: Request,
): Inbound {
  const server = serverOf(store, pod, port);
  if (!server) {
    const policy = byDefault(store, proxy.defaultPolicy, peer);
    return {
      verdict: policy.allows ? 'allow' : 'deny',
      server: defaultNamed(proxy.defaultPolicy),
      route: defaultNamed('default'),
      ...(policy.allows && { authorization: defaultNamed(policy.name) }),
    };
  }
  const named: Named = {
    group: POLICY,
    kind: 'server',
    namespace: server.namespace,
    name: server.name,
  };
  const routes = isOpaque(server) ? [] : routesOf(store, server);
  const matched = routes.length > 0 ? matchRoutes(routes, request) : undefined;
  if (routes.length > 0 && !matched) {
    return { verdict: 'no route', server: named };
  }
  const authorization =
    (matched && authorizationOf(store, 'HTTPRoute', matched.route, peer)) ??
    authorizationOf(store, 'Server', server, peer) ??
    namespaceAuthorization(store, server, peer) ??
    accessAuthorization(store, server, peer);
  return {
    verdict: authorization ? 'allow' : 'deny',
    server: named,
    route: matched ? routeNamed(matched.route) : defaultNamed('default'),
    ...(authorization && { authorization }),
  };
}

/** Servers take ports in the order of their age; a port's name means the pod's containers' ports of that name. */
function serverOf(
  store: ObjectStore,
  pod: Pod,
  port: number,
): Server | undefined {
  const named = (name: string) =>
    runningContainers(pod)
      .flatMap(container => container.ports)
      .some(
        candidate =>
          candidate.name === name && candidate.containerPort === port,
      );
  return servers
    .list(store, pod.namespace)
    .sort(byAge)
    .find(
      ({ body }) =>
        body.spec.podSelector &&
        selects(body.spec.podSelector, pod.labels) &&
        (typeof body.spec.port === 'number'
          ? body.spec.port === port
          : named(body.spec.port)),
    );
}

function isOpaque({ body }: Server): boolean {
  return (
    body.spec.proxyProtocol === 'opaque' || body.spec.proxyProtocol === 'TLS'
  );
}

function routesOf(store: ObjectStore, server: Server): HttpRoute[] {
  return [
    ...policyHttpRoutes.list(store, server.namespace),
    ...httpRoutes.list(store, server.namespace),
  ].filter(route =>
    route.body.spec.parentRefs.some(
      parent =>
        parent.kind === 'Server' &&
        parent.name === server.name &&
        isAccepted(route, parent, LINKERD_CONTROLLER),
    ),
  );
}

/** The AuthorizationPolicy on a target that lets this peer in; one with a dangling reference is ignored whole. */
function authorizationOf(
  store: ObjectStore,
  kind: string,
  target: { namespace: string; name: string },
  peer: Peer,
): Named | undefined {
  const policy = linkerdAuthorizationPolicies
    .list(store, target.namespace)
    .sort(byAge)
    .find(
      ({ body, namespace }) =>
        body.spec.targetRef.kind === kind &&
        body.spec.targetRef.name === target.name &&
        authenticates(
          store,
          namespace,
          body.spec.requiredAuthenticationRefs,
          peer,
        ),
    );
  return (
    policy && {
      group: POLICY,
      kind: 'authorizationpolicy',
      namespace: policy.namespace,
      name: policy.name,
    }
  );
}

function namespaceAuthorization(
  store: ObjectStore,
  { namespace }: Server,
  peer: Peer,
): Named | undefined {
  return authorizationOf(
    store,
    'Namespace',
    { namespace, name: namespace },
    peer,
  );
}

function accessAuthorization(
  store: ObjectStore,
  { body }: Server,
  peer: Peer,
): Named | undefined {
  const policy = byDefault(store, body.spec.accessPolicy, peer);
  return policy.allows ? defaultNamed(policy.name) : undefined;
}

/** `all-authenticated` and its relatives. */
function byDefault(
  store: ObjectStore,
  policy: string,
  peer: Peer,
): { name: string; allows: boolean } {
  if (policy === 'deny') {
    return { name: policy, allows: false };
  }
  if (policy === 'audit') {
    return { name: policy, allows: true };
  }
  const known = policy.startsWith('cluster-')
    ? inNetworks(peer.ip, linkerdValues(store)?.clusterNetworks)
    : true;
  return {
    name: policy,
    allows:
      known && (!policy.endsWith('-authenticated') || Boolean(peer.identity)),
  };
}

function inNetworks(ip: string, networks = ''): boolean {
  const list = new BlockList();
  for (const cidr of networks.split(',')) {
    const [address, bits] = cidr.trim().split('/');
    if (bits && !address.includes(':')) {
      list.addSubnet(address, Number(bits), 'ipv4');
    }
  }
  return list.check(ip);
}

function defaultNamed(name: string): Named {
  return { group: '', kind: 'default', namespace: '', name };
}

function routeNamed({ object, namespace, name }: HttpRoute): Named {
  return {
    group: object.apiVersion.split('/')[0],
    kind: 'HTTPRoute',
    namespace,
    name,
  };
}
