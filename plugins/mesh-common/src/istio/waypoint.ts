import { Answer, Reason } from '../contract/common';
import { Pod, Service } from '../kubernetes/core';
import { KindId } from '../kubernetes/kinds';
import { KubernetesObject, namespaceOf } from '../kubernetes/objects';
import { matchesSelector } from '../kubernetes/selectors';
import { GATEWAY_NAME_LABEL, GatewayApiGateway } from '../gateway-api/objects';
import { because, unreadInput } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';
import { MeshService } from './MeshService';
import { withoutAddress } from './withoutAddress';
import { ServiceEntry } from './objects';

const RULE = 'istio/waypoint';

const USE = 'istio.io/use-waypoint';
const USE_NAMESPACE = 'istio.io/use-waypoint-namespace';
const FOR = 'istio.io/waypoint-for';
const MANAGED = 'gateway.istio.io/managed';
const HBONE_PORT = 15008;

/** What a waypoint may stand in front of. */
export type WaypointTarget =
  | { kind: 'Service'; object: Service }
  | { kind: 'networking.istio.io/ServiceEntry'; object: ServiceEntry };

/** What of a service of the mesh a waypoint stands in front of; undefined where another cluster has it. */
export function waypointTarget({
  service,
  entry,
}: MeshService): WaypointTarget | undefined {
  if (service) {
    return { kind: 'Service', object: service };
  }
  return entry && { kind: 'networking.istio.io/ServiceEntry', object: entry };
}

/** The waypoint that requests to a Service go through, or that there is none, or that this is not known. */
export interface WaypointAnswer {
  answer: Answer<'bound' | 'none' | 'unknown'>;
  gateway?: GatewayApiGateway;
}

/** The waypoint of a Service. */
export function waypointOf(
  snapshot: MeshSnapshot,
  service: Service,
): WaypointAnswer {
  return waypointInFront(snapshot, { kind: 'Service', object: service });
}

/**
 * The waypoint of a Service or of the hosts of a ServiceEntry: the Gateway that its label `istio.io/use-waypoint` names, else
 * its namespace's label does; `none` opts out. A Gateway that is named must exist, have an address, serve Services and let
 * itself be used from the namespace; where it does not, there is none, and the namespace's label is not
 * fallen back to. What has no address of its own is called past its waypoint.
 *
 * Upstream: pilot/pkg/serviceregistry/ambient/waypoints.go, `fetchWaypointForTarget`, `fetchWaypointForService`.
 */
export function waypointInFront(
  snapshot: MeshSnapshot,
  target: WaypointTarget,
): WaypointAnswer {
  const { labels } = target.object.metadata;
  if (
    ['istio.io-mesh-controller', 'istio.io-eastwest-controller'].includes(
      labels[MANAGED],
    )
  ) {
    return none([
      {
        rule: RULE,
        text: 'The Service is one of a waypoint or east-west gateway, which have none',
      },
    ]);
  }
  const unfound = withoutAddress(snapshot, target);
  if (unfound) {
    return none([unfound]);
  }
  const unread = unreadInput(snapshot, RULE, {
    required: ['Namespace'],
    namespaces: [],
  });
  if (unread) {
    return { answer: unread };
  }
  const use = useOf(snapshot, target);
  if (!use) {
    return none([
      {
        rule: RULE,
        text: `Neither the ${nameOfKind(
          target,
        )} nor its namespace has the label ${USE}`,
      },
    ]);
  }
  return use.name === 'none' || use.name === ''
    ? none([use.reason(`${USE}: ${use.name || '""'} opts out of waypoints`)])
    : bind(snapshot, target, use);
}

interface Use {
  name: string;
  namespace: string;
  reason(text: string): Reason;
}

function nameOfKind({ kind }: WaypointTarget): string {
  return kind === 'Service' ? kind : 'ServiceEntry';
}

function useOf(
  snapshot: MeshSnapshot,
  target: WaypointTarget,
): Use | undefined {
  const own = namespaceOf(target.object);
  const namespace = snapshot.get('Namespace', undefined, own);
  const places: { kind: KindId; object: KubernetesObject }[] = [
    target,
    ...(namespace ? [{ kind: 'Namespace', object: namespace } as const] : []),
  ];
  for (const { kind, object } of places) {
    const { labels } = object.metadata;
    if (labels[USE] !== undefined) {
      return {
        name: labels[USE],
        namespace: labels[USE_NAMESPACE] || own,
        reason: text =>
          because(RULE, text, {
            snapshot,
            kind,
            object,
            field: 'metadata.labels',
          }),
      };
    }
  }
  return undefined;
}

function bind(
  snapshot: MeshSnapshot,
  { object }: WaypointTarget,
  use: Use,
): WaypointAnswer {
  const kind = 'gateway.networking.k8s.io/Gateway';
  const name = `${use.namespace}/${use.name}`;
  const unread = unreadInput(snapshot, RULE, {
    required: [kind],
    namespaces: [use.namespace],
  });
  if (unread) {
    return { answer: unread };
  }
  const gateway = snapshot.get(kind, use.namespace, use.name);
  if (!gateway) {
    return none([
      use.reason(
        `${USE} names the waypoint ${name}, but there is no such Gateway, so that there is none`,
      ),
    ]);
  }
  const reason = (text: string, field?: string) =>
    because(RULE, text, { snapshot, kind, object: gateway, field });
  if (!gateway.status?.addresses?.length && snapshot.origin === 'cluster') {
    return none([
      reason(
        `The waypoint ${name} has no address: it is not ready`,
        'status.addresses',
      ),
    ]);
  }
  const serves = trafficTypeOf(snapshot, gateway);
  if (serves !== 'service' && serves !== 'all') {
    return none([
      reason(
        `The waypoint ${name} is for ${serves}, not for Services (${FOR})`,
        'metadata.labels',
      ),
    ]);
  }
  const from = namespaceOf(object);
  if (!allowsFrom(snapshot, gateway, from)) {
    return none([
      reason(
        `The waypoint ${name} does not let Services of ${from} use it`,
        'spec.listeners',
      ),
    ]);
  }
  return {
    answer: {
      value: 'bound',
      reasons: [use.reason(`${USE} names the waypoint ${name}`)],
      ...(snapshot.origin === 'files' && { predicted: true }),
    },
    gateway,
  };
}

function trafficTypeOf(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
): string {
  const gatewayClass = snapshot.get(
    'gateway.networking.k8s.io/GatewayClass',
    undefined,
    gateway.spec?.gatewayClassName ?? '',
  );
  return (
    gateway.metadata.labels[FOR] ??
    gatewayClass?.metadata.labels[FOR] ??
    'service'
  );
}

/** By its HBONE listener, a waypoint is for its own namespace unless it says otherwise. */
function allowsFrom(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
  namespace: string,
): boolean {
  const own = namespaceOf(gateway);
  const listener = gateway.spec?.listeners?.find(
    ({ port, protocol }) => protocol === 'HBONE' || port === HBONE_PORT,
  );
  const allowed = listener?.allowedRoutes?.namespaces;
  switch (allowed?.from ?? 'Same') {
    case 'All':
      return true;
    case 'Selector':
      return matchesSelector(
        {
          'kubernetes.io/metadata.name': namespace,
          ...snapshot.get('Namespace', undefined, namespace)?.metadata.labels,
        },
        allowed?.selector,
      );
    default:
      return namespace === own;
  }
}

function none(reasons: Reason[]): WaypointAnswer {
  return { answer: { value: 'none', reasons } };
}

/** A pod that runs a waypoint, where one does. */
export function waypointPod(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
): Pod | undefined {
  const [pod] = podsWithLabels(snapshot, namespaceOf(gateway), {
    [GATEWAY_NAME_LABEL]: gateway.metadata.name,
  });
  return pod;
}

/**
 * The service account that a waypoint runs under: its pods', which may be set by hand; where none runs, the one
 * that istiod makes, which is named like the Gateway.
 */
export function waypointAccount(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
): string {
  const pod = waypointPod(snapshot, gateway);
  return pod ? pod.spec.serviceAccountName || 'default' : gateway.metadata.name;
}
