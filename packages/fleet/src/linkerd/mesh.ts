import { App } from '../layout';
import { FleetMesh, spread } from '../mesh';
import { FleetCounts } from '../sizes';
import {
  controlPlane,
  ROOT_PODS,
  ROOT_SERVICES,
  rootPods,
  rootServices,
} from './controlPlane';
import { INIT_IMAGE, PROXY_IMAGE, ROOT_NAMESPACE } from './names';
import {
  authorizationPolicyOf,
  meshTlsAuthenticationOf,
  networkAuthenticationOf,
  serverOf,
  serviceProfileOf,
} from './objects';
import { LINKERD_PROBLEMS } from './problems';
import { grpcRouteOf, inboundRouteOf, outboundRouteOf } from './routes';
import { injectedParts } from './sidecar';

/** A fleet with Linkerd. */
export const LINKERD: FleetMesh = {
  large: {
    Namespace: 200,
    Service: 5_000,
    Pod: 50_000,
    Server: 2_000,
    AuthorizationPolicy: 2_000,
    MeshTLSAuthentication: 2_000,
    NetworkAuthentication: 300,
    HTTPRoute: 700,
    GRPCRoute: 300,
    ServiceProfile: 500,
  },
  root: {
    namespace: ROOT_NAMESPACE,
    services: ROOT_SERVICES,
    pods: ROOT_PODS,
  },
  proxy: {
    name: 'linkerd-proxy',
    image: PROXY_IMAGE,
    initName: 'linkerd-init',
    initImage: INIT_IMAGE,
  },
  problems: LINKERD_PROBLEMS,
  leftOut: { code: 'MESH-L0503', of: 'Deployment' },
  namespaceMetadata: isRoot => ({
    labels: {
      ...(isRoot && { 'config.linkerd.io/admission-webhooks': 'disabled' }),
    },
    annotations: { 'linkerd.io/inject': isRoot ? 'disabled' : 'enabled' },
  }),
  appsWithSubsets: () => 0,
  injected: injectedParts,
  controlPlane,
  rootServices,
  rootPods,
  *objects(apps, counts, random) {
    const parts = partsOf(apps, counts);
    for (const app of parts.servers) {
      const proxyProtocol = parts.grpc.includes(app) ? 'gRPC' : 'HTTP/1';
      const hasPolicy = app.index < parts.protectedServers.length;
      yield serverOf(app, { proxyProtocol, hasPolicy }, random);
    }
    const callersOf = () =>
      Array.from({ length: 1 + random.below(3) }, () => random.pick(apps));
    for (const app of parts.servers) {
      yield meshTlsAuthenticationOf(app, callersOf(), random);
    }
    for (const app of parts.inbound) {
      yield networkAuthenticationOf(app, random);
    }
    yield* authorizationPolicies(apps, parts, counts, random);
    for (const app of parts.inbound) {
      yield inboundRouteOf(app, random);
    }
    for (const [index, app] of parts.outbound.entries()) {
      yield outboundRouteOf(
        app,
        index % 4 === 0 ? 'policy' : 'gateway',
        random,
      );
    }
    for (const app of parts.grpc) {
      yield grpcRouteOf(app, random);
    }
    for (const app of parts.profiles) {
      yield serviceProfileOf(app, random);
    }
  },
};

/** Applications with what they have of Linkerd; none has routes of two kinds, or a route and a ServiceProfile. */
interface Parts {
  servers: readonly App[];
  /** Their Servers have a policy each; the others take every client with a proxy. */
  protectedServers: readonly App[];
  /** Their Servers have routes, which have policies besides. */
  inbound: readonly App[];
  outbound: readonly App[];
  grpc: readonly App[];
  profiles: readonly App[];
}

function partsOf(apps: readonly App[], counts: FleetCounts): Parts {
  const inbound = counts.NetworkAuthentication;
  const profilesFrom = inbound + counts.GRPCRoute;
  const outboundFrom = profilesFrom + counts.ServiceProfile;
  return {
    servers: apps.slice(0, counts.Server),
    protectedServers: apps.slice(0, Math.round(counts.Server * 0.75)),
    inbound: apps.slice(0, inbound),
    outbound: apps.slice(
      outboundFrom,
      outboundFrom + counts.HTTPRoute - inbound,
    ),
    grpc: apps.slice(inbound, profilesFrom),
    profiles: apps.slice(profilesFrom, outboundFrom),
  };
}

/** The policies of the Servers, of their routes, and as many as are left over whole namespaces. */
function* authorizationPolicies(
  apps: readonly App[],
  { protectedServers, inbound }: Parts,
  counts: FleetCounts,
  random: Parameters<FleetMesh['objects']>[2],
) {
  const group = 'policy.linkerd.io';
  for (const { namespace, name } of protectedServers) {
    yield authorizationPolicyOf(
      { namespace, name },
      { group, kind: 'Server', name },
      { kind: 'MeshTLSAuthentication', name },
      random,
    );
  }
  for (const { namespace, name } of inbound) {
    yield authorizationPolicyOf(
      { namespace, name: `${name}-probes` },
      { group, kind: 'HTTPRoute', name },
      { kind: 'NetworkAuthentication', name },
      random,
    );
  }
  const rest =
    counts.AuthorizationPolicy - protectedServers.length - inbound.length;
  const servers = apps.slice(0, counts.Server);
  for (let index = 0; index < rest; index++) {
    const { namespace, name } = spread(servers, index, rest);
    yield authorizationPolicyOf(
      { namespace, name: `${name}-everywhere` },
      { group: 'core', kind: 'Namespace', name: namespace },
      { kind: 'MeshTLSAuthentication', name },
      random,
    );
  }
}
