import { CanaryRoute, CanaryState, CanarySteering } from '../contract/canary';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  GATEWAY_API_PLUGIN,
  gatewayApiRoutes,
  pluginRoutes,
} from './gatewayApiRoutes';
import { Rollout, RolloutTrafficRouting } from './objects';
import {
  virtualServiceRoutes,
  virtualServiceWords,
} from './rolloutVirtualServices';
import { trafficSplitRoute } from './trafficSplit';

const ROUTING = 'spec.strategy.canary.trafficRouting';

/**
 * The Services of the versions. Ping-pong Services change their roles with each version, and are used where no others
 * are named.
 *
 * Upstream: argo-rollouts rollout/trafficrouting/service_helper.go, `GetStableAndCanaryServices`.
 */
export function rolloutServices({
  spec,
  status,
}: Rollout): CanaryState['services'] {
  const { canary, blueGreen } = spec?.strategy ?? {};
  if (blueGreen) {
    const { activeService, previewService } = blueGreen;
    return named({ stable: activeService, canary: previewService });
  }
  const { stableService, canaryService, pingPong, trafficRouting } =
    canary ?? {};
  const root = trafficRouting?.smi?.rootService;
  if (pingPong && !stableService && !canaryService) {
    const { pingService, pongService } = pingPong;
    const isStablePing = status?.canary?.stablePingPong === 'ping';
    return named({
      root,
      stable: isStablePing ? pingService : pongService,
      canary: isStablePing ? pongService : pingService,
    });
  }
  return named({ root, stable: stableService, canary: canaryService });
}

function named(services: CanaryState['services']): CanaryState['services'] {
  return Object.fromEntries(
    Object.entries(services).filter(([, name]) => name),
  );
}

/** By what the requests of a Rollout are shared between its versions. */
export function rolloutSteering(
  snapshot: MeshSnapshot,
  rollout: Rollout,
): CanaryState['steering'] {
  const { canary, blueGreen } = rollout.spec?.strategy ?? {};
  const answer = (
    value: CanarySteering,
    text: string,
    field: string,
    routes: CanaryRoute[] = [],
  ): CanaryState['steering'] => ({
    value,
    reasons: [
      because('argo-rollouts/traffic', text, {
        snapshot,
        kind: 'argoproj.io/Rollout',
        object: rollout,
        field,
      }),
    ],
    routes,
  });
  const services = rolloutServices(rollout);
  if (blueGreen) {
    return answer(
      'service-selector',
      `Blue-green: the selector of Service ${
        services.stable ?? '(none is named)'
      } changes from the old version to the new one as a whole`,
      'spec.strategy.blueGreen.activeService',
    );
  }
  const routing = canary?.trafficRouting ?? {};
  if (routing.istio) {
    const version = {
      ...(services.canary && { service: services.canary }),
      ...(routing.istio.destinationRule?.canarySubsetName && {
        subset: routing.istio.destinationRule.canarySubsetName,
      }),
    };
    const words = virtualServiceWords(snapshot, rollout, routing);
    return answer(
      'virtual-service',
      words
        ? `It moves the weights of ${words}`
        : 'It names no VirtualService whose weights it could move',
      `${ROUTING}.istio`,
      virtualServiceRoutes(snapshot, rollout, routing, version),
    );
  }
  const plugin = routing.plugins?.[GATEWAY_API_PLUGIN];
  if (plugin !== undefined) {
    return answer(
      'gateway-api',
      `The plugin ${GATEWAY_API_PLUGIN} moves the weights of routes of the Gateway API`,
      `${ROUTING}.plugins`,
      pluginRoutes(plugin, namespaceOf(rollout)).flatMap(route =>
        gatewayApiRoutes(snapshot, route, namespaceOf(rollout), {
          service: services.canary,
        }),
      ),
    );
  }
  if (routing.smi) {
    const name = routing.smi.trafficSplitName ?? rollout.metadata.name;
    return answer(
      'traffic-split',
      'It writes its weights into a TrafficSplit',
      `${ROUTING}.smi`,
      [trafficSplitRoute(snapshot, namespaceOf(rollout), name)],
    );
  }
  const other = otherRouting(routing);
  return other
    ? answer('other', `Requests are shared by ${other}`, ROUTING)
    : answer('pods', podsText(rollout), 'spec.strategy.canary');
}

function otherRouting(routing: RolloutTrafficRouting): string | undefined {
  const {
    istio: _istio,
    smi: _smi,
    managedRoutes: _routes,
    maxTrafficWeight: _max,
    plugins,
    ...others
  } = routing;
  const names = [...Object.keys(others), ...Object.keys(plugins ?? {})];
  return names.length > 0 ? names.join(', ') : undefined;
}

function podsText({ status }: Rollout): string {
  const { replicas = 0, updatedReplicas = 0 } = status ?? {};
  return `Requests are shared by the number of pods${
    replicas > 0
      ? `: ${updatedReplicas} of ${replicas} are of the version that the Rollout has now`
      : ''
  }`;
}
