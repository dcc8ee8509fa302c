import { Condition, KubernetesObject } from '../../kubernetes/objects';
import { CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';

const COMMON = {
  code: 'IST0171',
  level: 'warning',
  title: 'A controller has not accepted the object',
  explanation:
    'The status of the object says that a part of Istio could not use it, or only in part. The condition’s reason and message tell why; until that is mended the object does not do what it says.',
  upstream: 'conditions.ConditionAnalyzer (istioctl)',
  mesh: 'istio',
  needs: [],
} as const;

const BOUND = ['istio.io/WaypointBound'];
const ROUTE = ['Accepted', 'Programmed', 'ResolvedRefs'];

/** A condition that should be true is false, or a waypoint has accepted a part only. */
function* negative(
  object: KubernetesObject,
  types: readonly string[],
  conditions: readonly Condition[] = [],
): Iterable<CheckFinding> {
  for (const { type, status, reason, message } of conditions) {
    const inPart = type === 'WaypointAccepted' && reason === 'PartiallyInvalid';
    if (types.includes(type) && (status === 'False' || inPart)) {
      yield {
        message: `${refOf(object)} is not ${type}${
          reason ? ` (${reason})` : ''
        }${message ? `: ${message}` : ''}`,
        field: 'status.conditions',
      };
    }
  }
}

interface Route extends KubernetesObject {
  status?: {
    parents?: readonly {
      controllerName?: string;
      conditions?: readonly Condition[];
    }[];
  };
}

/** What other controllers say of the route is theirs to explain. */
function ofRoute(route: Route): Iterable<CheckFinding> {
  const parents = (route.status?.parents ?? []).filter(
    ({ controllerName = 'istio.io/' }) =>
      controllerName.startsWith('istio.io/'),
  );
  return negative(
    route,
    ROUTE,
    parents.flatMap(({ conditions = [] }) => conditions),
  );
}

const MAY_PASS = [
  'Accepted',
  'Programmed',
  'Ready',
  'ResolvedRefs',
  'Scheduled',
];
const PASSING = ['Pending', 'ListenersNotValid', 'ListenerSetsNotValid'];

/** What Kiali takes to pass by itself, or to be said of a listener. */
export function isTransitional({ type, reason = '' }: Condition): boolean {
  return MAY_PASS.includes(type) && PASSING.includes(reason);
}

/** Whether Kiali speaks of this condition of a Gateway, too. */
function isKialis(condition: Condition): boolean {
  return condition.type !== 'ResolvedRefs' && !isTransitional(condition);
}

export const negativeConditions = [
  defineCheck({
    ...COMMON,
    subject: 'Service',
    run: service => negative(service, BOUND, service.status?.conditions),
  }),
  defineCheck({
    ...COMMON,
    subject: 'networking.istio.io/ServiceEntry',
    run: entry => negative(entry, BOUND, entry.status?.conditions),
  }),
  defineCheck({
    ...COMMON,
    subject: 'networking.istio.io/WorkloadEntry',
    run: entry => negative(entry, BOUND, entry.status?.conditions),
  }),
  defineCheck({
    ...COMMON,
    subject: 'security.istio.io/AuthorizationPolicy',
    run: policy =>
      negative(
        policy,
        ['ZtunnelAccepted', 'WaypointAccepted'],
        policy.status?.conditions,
      ),
  }),
  defineCheck({
    ...COMMON,
    aliases: ['GWAPI'],
    upstream: `${COMMON.upstream}; k8sgateways.StatusChecker (Kiali)`,
    subject: 'gateway.networking.k8s.io/Gateway',
    run: gateway =>
      negative(gateway, ROUTE, gateway.status?.conditions?.filter(isKialis)),
  }),
  defineCheck({
    ...COMMON,
    subject: 'gateway.networking.k8s.io/Gateway',
    run: gateway =>
      negative(
        gateway,
        ROUTE,
        gateway.status?.conditions?.filter(one => !isKialis(one)),
      ),
  }),
  defineCheck({
    ...COMMON,
    subject: 'gateway.networking.k8s.io/HTTPRoute',
    run: ofRoute,
  }),
  defineCheck({
    ...COMMON,
    subject: 'gateway.networking.k8s.io/GRPCRoute',
    run: ofRoute,
  }),
];
