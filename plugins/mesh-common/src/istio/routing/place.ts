import { Answer, Reason } from '../../contract/common';
import { ServiceRoutes } from '../../contract/routing';
import { Pod } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { unreadInput } from '../../mesh/answers';
import { podOfTemplate } from '../../mesh/enrolment';
import {
  Workload,
  findWorkload,
  workloadsWithLabels,
} from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { istiodVersion } from '../controlPlane';
import { podEnrolment } from '../enrolment';
import { extensionsOf, waypointExtensions } from '../extensions';
import { MeshConfig, meshConfig } from '../meshConfig';
import {
  hasProxyListener,
  sidecarName,
  sidecarReason,
  sidecarScope,
} from '../sidecarScope';
import { MeshService } from '../meshServices';
import { waypointInFront, waypointTarget } from '../waypoint';
import { RouteView } from './view';

const RULE = 'istio/routes';

/** From where routes are seen: a proxy that applies them, or that none does and why. */
export type Place =
  | {
      applied: true;
      view: RouteView;
      /** `namespace/name` of the waypoint that applies them. */
      waypoint?: string;
      mayDiffer: Reason[];
    }
  | { applied: 'at-gateway'; view: RouteView }
  | {
      applied: false;
      routing: Answer<'service' | 'not-in-mesh' | 'unknown'>;
    };

/** Where routes that are bound to the mesh are applied, or are not. */
type MeshPlace = Exclude<Place, { applied: 'at-gateway' }>;

/**
 * Which proxy applies routes to what a client sends to a service of the mesh. A client with a sidecar applies them
 * itself, as its Sidecar resource lets it (and passes a waypoint by); for one in ambient mode the waypoint of
 * the Service does, if there is one; a gateway applies the routes of its own Gateways. A client that is no workload in
 * particular takes part as the Service's own workloads do, to gateways with a sidecar.
 */
export function place(
  snapshot: MeshSnapshot,
  service: MeshService,
  seenFrom: ServiceRoutes['seenFrom'],
): Place {
  const unread = unreadRoutes(snapshot);
  if (unread) {
    return notApplied(unread);
  }
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    return notApplied(mesh.answer);
  }
  const client = seenFrom.workload && findWorkload(snapshot, seenFrom.workload);
  const mode = modeOf(snapshot, client ? [client] : behind(snapshot, service));
  switch (mode) {
    case 'ambient':
    case 'waypoint':
      return ambientPlace(snapshot, service, mesh.config);
    case 'gateway':
      // Who calls a gateway is none itself.
      return client
        ? gatewayPlace(client, seenFrom.namespace, mesh.config)
        : sidecarPlace(
            snapshot,
            service,
            seenFrom.namespace,
            undefined,
            mesh.config,
          );
    default:
      return sidecarPlace(
        snapshot,
        service,
        seenFrom.namespace,
        client?.labels,
        mesh.config,
      );
  }
}

function gatewayPlace(
  { labels }: Workload,
  namespace: string,
  config: MeshConfig,
): Place {
  return {
    applied: 'at-gateway',
    view: { proxy: 'gateway', namespace, labels, config },
  };
}

function notApplied(
  routing: Answer<'service' | 'not-in-mesh' | 'unknown'>,
): MeshPlace {
  return { applied: false, routing };
}

const ROUTE_KINDS = [
  'networking.istio.io/VirtualService',
  'gateway.networking.k8s.io/HTTPRoute',
  'gateway.networking.k8s.io/GRPCRoute',
  'gateway.networking.k8s.io/TLSRoute',
  'gateway.networking.k8s.io/TCPRoute',
] as const;

const DESTINATION_RULE = 'networking.istio.io/DestinationRule' as const;
const BACKEND_TLS = 'gateway.networking.k8s.io/BackendTLSPolicy' as const;

/** Routes of a kind that cannot be read, wherever they are, might be for this Service. */
function unreadRoutes(snapshot: MeshSnapshot): Answer<'unknown'> | undefined {
  return unreadInput(snapshot, RULE, {
    optional: [...ROUTE_KINDS, DESTINATION_RULE, BACKEND_TLS],
    namespaces: [],
  });
}

/**
 * A single route beside the Service or the proxy that applies routes, which cannot be read: which hosts it is
 * about is not known, so that it might decide.
 */
function malformedRoute(
  snapshot: MeshSnapshot,
  namespaces: readonly string[],
): Answer<'unknown'> | undefined {
  return unreadInput(snapshot, RULE, { optional: ROUTE_KINDS, namespaces });
}

/** Policies there that cannot be read: they decide nothing about routes, but what these lead to. */
function malformedPolicies(
  snapshot: MeshSnapshot,
  places: readonly string[],
): Reason[] {
  return [DESTINATION_RULE, BACKEND_TLS].flatMap(kind =>
    places.flatMap(where =>
      snapshot.malformed(kind, where).map(({ name, field, message }) => ({
        rule: RULE,
        text: `What ${kind} ${where}/${name} says is not in this answer, since it cannot be read: ${field}: ${message}`,
        object: { cluster: snapshot.cluster, kind, namespace: where, name },
        field,
      })),
    ),
  );
}

function sidecarPlace(
  snapshot: MeshSnapshot,
  service: MeshService,
  namespace: string,
  labels: Readonly<Record<string, string>> | undefined,
  config: MeshConfig,
): Place {
  const scope = sidecarScope(snapshot, { namespace, labels }, config);
  if ('value' in scope) {
    return notApplied(scope);
  }
  const places = [...new Set([service.namespace, namespace])];
  const malformed = malformedRoute(snapshot, places);
  if (malformed) {
    return notApplied(malformed);
  }
  const mayDiffer = [
    ...(hasProxyListener(scope)
      ? [
          sidecarReason(
            snapshot,
            scope,
            `${sidecarName(
              scope,
            )} has a listener that is an HTTP proxy, which is not modelled: what happens may differ`,
          ),
        ]
      : []),
    ...(labels
      ? extensionsOf(snapshot, { namespace, labels }, { state: 'read', config })
      : []),
  ];
  return {
    applied: true,
    view: {
      proxy: 'sidecar',
      namespace,
      ...(labels && { labels }),
      scope,
      config,
    },
    mayDiffer: [...mayDiffer, ...malformedPolicies(snapshot, places)],
  };
}

/** The waypoint of a service of the mesh as the place from which its routes are applied. */
export function waypointPlace(
  snapshot: MeshSnapshot,
  service: MeshService,
): MeshPlace {
  const unread = unreadRoutes(snapshot);
  if (unread) {
    return notApplied(unread);
  }
  const mesh = meshConfig(snapshot);
  return mesh.state === 'unknown'
    ? notApplied(mesh.answer)
    : ambientPlace(snapshot, service, mesh.config);
}

function ambientPlace(
  snapshot: MeshSnapshot,
  service: MeshService,
  config: MeshConfig,
): MeshPlace {
  const target = waypointTarget(service);
  const found = target && waypointInFront(snapshot, target);
  if (found?.answer.value === 'unknown') {
    return notApplied({ ...found.answer, value: 'unknown' });
  }
  if (!target || !found?.gateway) {
    return notApplied({
      value: 'service',
      reasons: [
        ...(found?.answer.reasons ?? []),
        {
          rule: RULE,
          text: 'Without a waypoint nothing applies rules to requests: they go to the Service itself',
        },
      ],
    });
  }
  const { gateway } = found;
  const namespace = namespaceOf(gateway);
  const places = [...new Set([service.namespace, namespace])];
  const malformed = malformedRoute(snapshot, places);
  if (malformed) {
    return notApplied(malformed);
  }
  const version = istiodVersion(snapshot);
  return {
    applied: true,
    view: {
      proxy: 'waypoint',
      namespace,
      config,
      merges: version === undefined || version[0] > 1 || version[1] >= 30,
    },
    waypoint: `${namespace}/${gateway.metadata.name}`,
    mayDiffer: [
      ...malformedPolicies(snapshot, places),
      ...waypointExtensions(
        snapshot,
        { gateway, target },
        config.rootNamespace,
      ),
    ],
  };
}

function modeOf(
  snapshot: MeshSnapshot,
  workloads: readonly Workload[],
): string {
  const modes = workloads
    .flatMap((workload): Pod[] =>
      workload.pods.length > 0 ? [...workload.pods] : [podOfTemplate(workload)],
    )
    .map(pod => {
      const { mode, expected } = podEnrolment(snapshot, pod);
      return mode.value === 'none' ? expected.value : mode.value;
    });
  return modes.find(mode => mode !== 'none' && mode !== 'unknown') ?? 'none';
}

function behind(
  snapshot: MeshSnapshot,
  { service, entry, namespace }: MeshService,
): Workload[] {
  return workloadsWithLabels(
    snapshot,
    namespace,
    service?.spec.selector ?? entry?.spec?.workloadSelector?.labels ?? {},
  );
}
