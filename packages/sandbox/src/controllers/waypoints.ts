import type { ObjectStore } from '../store/types';
import { isRecord, listOf, recordOf } from '../store/values';
import { namespaces, services, type Service } from '../world/coreKinds';
import { gateways, type Gateway } from '../world/gatewayKinds';
import { withTransitions, type Condition } from './conditions';
import type { Controller } from './manager';
import { writeStatus } from './writes';

export type WaypointBinding =
  | { state: 'none' }
  | { state: 'missing'; name: string; message: string }
  | { state: 'bound'; gateway: Gateway };

/**
 * The waypoint of a Service: `istio.io/use-waypoint` on the Service, else on its namespace, without falling back from
 * the one to the other. The Gateway must have an address. Upstream: pilot/pkg/serviceregistry/ambient/waypoints.go.
 */
export function waypointOf(
  store: ObjectStore,
  service: Service,
): WaypointBinding {
  const namespace = namespaces.get(store, undefined, service.namespace);
  const labels = service.labels['istio.io/use-waypoint']
    ? service.labels
    : namespace?.labels ?? {};
  const name = labels['istio.io/use-waypoint'];
  if (!name || name === 'none' || service.labels['gateway.istio.io/managed']) {
    return { state: 'none' };
  }
  const where = labels['istio.io/use-waypoint-namespace'] ?? service.namespace;
  const gateway = gateways.get(store, where, name);
  if (!gateway || gateway.body.spec.gatewayClassName !== 'istio-waypoint') {
    return {
      state: 'missing',
      name: `${where}/${name}`,
      message: `waypoint ${where}/${name} was not found`,
    };
  }
  if (gateway.body.status.addresses.length === 0) {
    return {
      state: 'missing',
      name: `${where}/${name}`,
      message: `waypoint ${where}/${name} is not ready`,
    };
  }
  const traffic = gateway.labels['istio.io/waypoint-for'] ?? 'service';
  return traffic === 'service' || traffic === 'all'
    ? { state: 'bound', gateway }
    : { state: 'none' };
}

const BOUND = 'istio.io/WaypointBound';

/** The condition `istio.io/WaypointBound` of Services that ask for a waypoint. */
export const waypointBindingController: Controller = {
  name: 'istio waypoint binding',
  reconcile({ store, now }) {
    for (const service of services.list(store)) {
      const binding = waypointOf(store, service);
      const status = recordOf(service.object.status);
      const previous = listOf(status.conditions).filter(isRecord);
      const others = previous.filter(({ type }) => type !== BOUND);
      if (binding.state === 'none' && others.length === previous.length) {
        continue;
      }
      const conditions =
        binding.state === 'none'
          ? []
          : withTransitions(previous, [boundCondition(binding)], now);
      writeStatus(store, service.object, {
        ...status,
        conditions: [...others, ...conditions],
      });
    }
  },
};

function boundCondition(
  binding: Exclude<WaypointBinding, { state: 'none' }>,
): Condition {
  return binding.state === 'bound'
    ? {
        type: BOUND,
        status: 'True',
        reason: 'WaypointAccepted',
        message: `Successfully attached to waypoint ${binding.gateway.namespace}/${binding.gateway.name}`,
      }
    : {
        type: BOUND,
        status: 'False',
        reason: 'WaypointMissing',
        message: binding.message,
      };
}
