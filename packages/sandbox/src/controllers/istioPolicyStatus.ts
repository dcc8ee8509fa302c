import { isRecord, listOf, recordOf } from '../store/values';
import { daemonSets, services } from '../world/coreKinds';
import {
  authorizationPolicies,
  type IstioAuthorizationPolicy,
} from '../world/istioKinds';
import { withTransitions, type Condition } from './conditions';
import type { Controller, World } from './manager';
import { waypointOf } from './waypoints';
import { writeStatus } from './writes';

const ZTUNNEL = 'ZtunnelAccepted';
const WAYPOINT = 'WaypointAccepted';

/** The attributes that need HTTP, in the order in which istiod names them. */
const HTTP_ATTRIBUTES = [
  'methods',
  'notMethods',
  'hosts',
  'notHosts',
  'paths',
  'notPaths',
];

/**
 * In ambient mode istiod writes on AuthorizationPolicies who enforces them: the ztunnels those without a target, with
 * a word on what they cannot read, and a waypoint those that name a Service which it serves. Upstream:
 * pilot/pkg/serviceregistry/ambient/authorization.go.
 */
export const istioPolicyStatusController: Controller = {
  name: 'istio policy status',
  reconcile(world) {
    const { store, now } = world;
    if (!daemonSets.get(store, 'istio-system', 'ztunnel')) {
      return;
    }
    for (const policy of authorizationPolicies.list(store)) {
      const { object } = policy;
      const status = recordOf(object.status);
      const previous = listOf(status.conditions).filter(isRecord);
      const others = previous.filter(
        ({ type }) => type !== ZTUNNEL && type !== WAYPOINT,
      );
      writeStatus(store, object, {
        ...status,
        conditions: [
          ...others,
          ...withTransitions(
            previous,
            [
              policy.body.spec.targetRefs.length > 0
                ? byWaypoint(world, policy)
                : byZtunnel(policy),
            ],
            now,
            object.metadata.generation,
          ),
        ],
      });
    }
  },
};

function byZtunnel({ body }: IstioAuthorizationPolicy): Condition {
  const { action, rules = [] } = body.spec;
  if (action !== 'ALLOW' && action !== 'DENY') {
    return {
      type: ZTUNNEL,
      status: 'False',
      reason: 'UnsupportedValue',
      message: `ztunnel does not support the ${action} action`,
    };
  }
  const found = HTTP_ATTRIBUTES.filter(attribute =>
    rules.some(({ to }) =>
      to.some(
        ({ operation }) => listOf(recordOf(operation)[attribute]).length > 0,
      ),
    ),
  );
  if (found.length === 0) {
    return {
      type: ZTUNNEL,
      status: 'True',
      reason: 'Accepted',
      message: 'attached to ztunnel',
    };
  }
  const what =
    action === 'ALLOW'
      ? 'Within an ALLOW policy, rules matching HTTP attributes are omitted.'
      : 'Within a DENY policy, HTTP attributes are omitted.';
  return {
    type: ZTUNNEL,
    status: 'False',
    reason: 'UnsupportedValue',
    message: `ztunnel does not support HTTP attributes (found: ${found.join(
      ', ',
    )}). ${what} This will be more restrictive than requested.`,
  };
}

function byWaypoint(
  { store }: World,
  { namespace, body }: IstioAuthorizationPolicy,
): Condition {
  const bound = body.spec.targetRefs.flatMap(({ kind, name }) => {
    if (kind === 'Gateway') {
      return [`${namespace}/${name}`];
    }
    const service = services.get(store, namespace, name);
    const binding = service && waypointOf(store, service);
    return binding?.state === 'bound'
      ? [`${binding.gateway.namespace}/${binding.gateway.name}`]
      : [];
  });
  return bound.length > 0
    ? {
        type: WAYPOINT,
        status: 'True',
        reason: 'Accepted',
        message: `bound to ${bound.join(', ')}`,
      }
    : {
        type: WAYPOINT,
        status: 'False',
        reason: 'AncestorNotBound',
        message: 'no waypoint serves a target of this policy',
      };
}
