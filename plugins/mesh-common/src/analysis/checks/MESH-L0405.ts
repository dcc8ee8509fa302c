import {
  Namespace,
  Pod,
  Service,
  WorkloadController,
} from '../../kubernetes/core';
import {
  GRPC_ROUTE_KIND,
  LinkerdRoute,
  parentsOf,
} from '../../linkerd/linkerdRoutes';
import { isServer } from '../../linkerd/routeParents';
import { CheckFinding, defineCheck } from '../check';
import { defineRouteChecks } from '../linkerdRouteChecks';
import { refOf } from '../naming';
import { podSettingChecks } from '../podSettingChecks';

const COMMON = {
  code: 'MESH-L0405',
  level: 'warning',
  title: 'An annotation stands where Linkerd does not read it',
  explanation:
    'How requests to a Service are tried again, time out or count as failures is read of the Service, or of a route on it; how a proxy is set up is read of namespaces and pod templates. Elsewhere the same annotation does nothing, and nobody says so. Circuit breaking is for a Service as a whole: routes have none of their own.',
  upstream:
    'policy-controller/k8s/index/src/outbound/index.rs; pkg/inject/inject.go (linkerd2)',
} as const;

const OF_LINKERD = { ...COMMON, mesh: 'linkerd', needs: [] } as const;

interface Place {
  pattern: RegExp;
  read: string;
}

const BALANCER: Place = {
  pattern: /^balancer\.(?:alpha\.)?linkerd\.io\//,
  read: 'Services and EgressNetworks',
};
const REQUESTS: Place = {
  pattern: /^(?:retry|timeout)\.linkerd\.io\//,
  read: 'Services, EgressNetworks and routes on them',
};
const PROXY: Place = {
  pattern: /^config\.(?:alpha\.|beta\.)?linkerd\.io\/(?!opaque-ports$)/,
  read: 'namespaces and pod templates',
};

function* misplaced(
  of: string,
  annotations: Readonly<Record<string, string>>,
  path: string,
  places: readonly Place[],
): Iterable<CheckFinding> {
  for (const name of Object.keys(annotations)) {
    const place = places.find(({ pattern }) => pattern.test(name));
    if (place) {
      yield {
        message: `${of} has the annotation ${name}, which is read of ${place.read}`,
        field: `${path}.${name}`,
      };
    }
  }
}

const own = (
  object: Namespace | Pod | Service | WorkloadController,
  places: readonly Place[],
) =>
  misplaced(
    refOf(object),
    object.metadata.annotations,
    'metadata.annotations',
    places,
  );

const OF_PODS = [BALANCER, REQUESTS];

function* ofController(controller: WorkloadController): Iterable<CheckFinding> {
  const { annotations } = controller.spec.template.metadata;
  yield* misplaced(
    `The pod template of ${refOf(controller)}`,
    annotations,
    'spec.template.metadata.annotations',
    OF_PODS,
  );
  yield* own(controller, OF_PODS);
}

/** Retries by the statuses of the other protocol. */
const OTHER: Readonly<Record<'http' | 'grpc', Place>> = {
  http: {
    pattern: /^retry\.linkerd\.io\/grpc$/,
    read: 'Services, EgressNetworks and GRPCRoutes on them',
  },
  grpc: {
    pattern: /^retry\.linkerd\.io\/http$/,
    read: 'Services, EgressNetworks and HTTPRoutes on them',
  },
};

function ofRoute(candidate: LinkerdRoute): Iterable<CheckFinding> {
  const { kind, route } = candidate;
  const other = OTHER[kind === GRPC_ROUTE_KIND ? 'grpc' : 'http'];
  const isInbound = parentsOf(candidate).every(({ referent }) =>
    isServer(referent),
  );
  return misplaced(
    refOf(route),
    route.metadata.annotations,
    'metadata.annotations',
    isInbound ? [BALANCER, PROXY, REQUESTS] : [BALANCER, PROXY, other],
  );
}

export const annotationNotRead = [
  ...podSettingChecks(OF_LINKERD, object => own(object, OF_PODS), ofController),
  defineCheck({
    ...OF_LINKERD,
    subject: 'Service',
    run: service => own(service, [PROXY]),
  }),
  ...defineRouteChecks(COMMON, ofRoute),
];
