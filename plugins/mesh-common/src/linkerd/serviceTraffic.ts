import { ServiceRef } from '../contract/common';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { areEqual, increaseBy, is, isOneOf, selector } from '../traffic/promql';
import {
  QueryScope,
  Sample,
  ServiceTraffic,
  TrafficQuery,
} from '../traffic/query';
import { ServiceProfile } from './objects';
import { profileName } from './serviceProfile';
import { reporterOf, REPORTER_LABELS } from './trafficLabels';

const ROUTE_METRICS = {
  http: 'outbound_http_route_backend_requests_total',
  grpc: 'outbound_grpc_route_backend_requests_total',
} as const;

const ROUTE_LABELS = [
  ...REPORTER_LABELS,
  'parent_namespace',
  'parent_name',
  'parent_port',
  'route_kind',
  'route_namespace',
  'route_name',
  'backend_kind',
  'backend_namespace',
  'backend_name',
] as const;

const PROFILE_LABELS = [...REPORTER_LABELS, 'dst', 'rt_route'] as const;

type Flow = ServiceTraffic['flows'][number];

/**
 * Where requests to Services went, as the proxies of the clients count it: by route and backend, and where a
 * ServiceProfile decides, by its routes.
 *
 * Upstream: linkerd2-proxy, linkerd/app/outbound/src/http/logical/policy/route/metrics.rs, and
 * linkerd/app/core/src/metrics.rs (`route_request_total`).
 */
export function serviceTraffic(
  snapshot: MeshSnapshot,
  services: readonly ServiceRef[],
  { windowSeconds, matchers }: QueryScope,
): TrafficQuery<ServiceTraffic[]> {
  if (services.length === 0) {
    return { expressions: {}, read: () => [] };
  }
  const parents = [
    ...areEqual(matchers),
    is('parent_kind', 'Service'),
    isOneOf(
      'parent_namespace',
      services.map(({ namespace }) => namespace),
    ),
    isOneOf(
      'parent_name',
      services.map(({ name }) => name),
    ),
  ];
  const authorities = authoritiesOf(snapshot, services);
  const expressions: Record<string, string> = Object.fromEntries(
    Object.entries(ROUTE_METRICS).map(([protocol, metric]) => [
      protocol,
      increaseBy(ROUTE_LABELS, selector(metric, parents), windowSeconds),
    ]),
  );
  if (authorities.size > 0) {
    expressions.profiles = increaseBy(
      PROFILE_LABELS,
      selector('route_request_total', [
        ...areEqual(matchers),
        is('direction', 'outbound'),
        isOneOf('dst', authorities.keys()),
      ]),
      windowSeconds,
    );
  }
  return {
    expressions,
    read: samples =>
      services.map(service => ({
        service,
        flows: [
          ...[...(samples.http ?? []), ...(samples.grpc ?? [])].flatMap(
            sample => routeFlow(snapshot, service, sample),
          ),
          ...(samples.profiles ?? []).flatMap(sample =>
            profileFlow(snapshot, service, authorities, sample),
          ),
        ],
      })),
  };
}

function routeFlow(
  snapshot: MeshSnapshot,
  service: ServiceRef,
  { labels, value }: Sample,
): Flow[] {
  if (
    labels.parent_namespace !== service.namespace ||
    labels.parent_name !== service.name ||
    value <= 0
  ) {
    return [];
  }
  const caller = reporterOf(snapshot, labels);
  const port = Number(labels.parent_port);
  return [
    {
      ...(caller && { caller }),
      ...(labels.backend_kind === 'Service' && {
        backend: {
          cluster: snapshot.cluster,
          namespace: labels.backend_namespace,
          name: labels.backend_name,
        },
      }),
      // The route of a Service that has none is a default one of the controller's.
      ...(labels.route_kind &&
        labels.route_kind !== 'default' && {
          route: `${labels.route_kind} ${labels.route_namespace}/${labels.route_name}`,
        }),
      ...(port > 0 && { port }),
      requests: value,
    },
  ];
}

/** The names, with port, by which clients call Services that have a ServiceProfile. */
function authoritiesOf(
  snapshot: MeshSnapshot,
  services: readonly ServiceRef[],
): ReadonlyMap<string, { service: ServiceRef; port: number }> {
  const authorities = new Map<string, { service: ServiceRef; port: number }>();
  for (const service of services) {
    const name = profileName(snapshot, service);
    const profiled = snapshot
      .namespacesOf('linkerd.io/ServiceProfile')
      .some(namespace =>
        snapshot.get('linkerd.io/ServiceProfile', namespace, name),
      );
    const found = snapshot.get('Service', service.namespace, service.name);
    if (profiled && found) {
      for (const { port } of found.spec.ports) {
        authorities.set(`${name}:${port}`, { service, port });
      }
    }
  }
  return authorities;
}

function profileFlow(
  snapshot: MeshSnapshot,
  service: ServiceRef,
  authorities: ReturnType<typeof authoritiesOf>,
  { labels, value }: Sample,
): Flow[] {
  const target = authorities.get(labels.dst);
  if (target?.service !== service || value <= 0) {
    return [];
  }
  const caller = reporterOf(snapshot, labels);
  const profile = profileFor(
    snapshot,
    service,
    caller?.namespace ?? service.namespace,
  );
  return [
    {
      ...(caller && { caller }),
      ...(profile && { route: routeName(profile, labels.rt_route) }),
      // The metric does not say where requests went. Without overrides there is but one place.
      ...(profile &&
        !profile.spec?.dstOverrides?.length && { backend: service }),
      port: target.port,
      requests: value,
    },
  ];
}

/** The profile by which the clients of a namespace call a Service. */
function profileFor(
  snapshot: MeshSnapshot,
  service: ServiceRef,
  clientNamespace: string,
): ServiceProfile | undefined {
  return [clientNamespace, service.namespace]
    .map(namespace =>
      snapshot.get(
        'linkerd.io/ServiceProfile',
        namespace,
        profileName(snapshot, service),
      ),
    )
    .find(found => found);
}

/** The rule of a profile, by the name of its route. */
function routeName(profile: ServiceProfile, name: string | undefined): string {
  const base = `ServiceProfile ${namespaceOf(profile)}/${
    profile.metadata.name
  }`;
  const index =
    profile.spec?.routes?.findIndex(route => route.name === name) ?? -1;
  return name && index >= 0 ? `${base} routes[${index}]` : `${base} default`;
}
