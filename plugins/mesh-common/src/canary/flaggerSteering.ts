import { CanaryRoute, CanaryState, CanarySteering } from '../contract/canary';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { gatewayApiRoutes } from './gatewayApiRoutes';
import { FlaggerCanary } from './objects';
import { virtualServiceShares } from './routedShares';
import { canaryRoutes, objectWords, refTo } from './routes';
import { trafficSplitRoute } from './trafficSplit';

/**
 * The Services that Flagger makes: one that clients call, named as the Canary says or else as the workload, and one for
 * each version.
 *
 * Upstream: flagger pkg/apis/flagger/v1beta1/canary.go, `GetServiceNames`.
 */
export function flaggerServices({ spec }: FlaggerCanary): {
  root?: string;
  stable?: string;
  canary?: string;
} {
  const root = spec?.service?.name || spec?.targetRef?.name;
  return root
    ? { root, stable: `${root}-primary`, canary: `${root}-canary` }
    : {};
}

const VIRTUAL_SERVICE = 'networking.istio.io/VirtualService';
const HTTP_ROUTE = 'gateway.networking.k8s.io/HTTPRoute';

/**
 * What Flagger writes its weights into: by the provider that the Canary names, and else by what there is of the name
 * that Flagger gives, since its own default is an argument of Flagger.
 *
 * Upstream: flagger pkg/router/factory.go, `MeshRouter`.
 */
export function flaggerSteering(
  snapshot: MeshSnapshot,
  canary: FlaggerCanary,
): CanaryState['steering'] {
  const namespace = namespaceOf(canary);
  const { root = '', canary: service } = flaggerServices(canary);
  const { provider } = canary.spec ?? {};
  const answer = (
    value: CanarySteering,
    text: string,
    routes: CanaryRoute[] = [],
  ): CanaryState['steering'] => ({
    value,
    reasons: [
      because('flagger/provider', text, {
        snapshot,
        kind: 'flagger.app/Canary',
        object: canary,
        field: 'spec.provider',
      }),
    ],
    routes,
  });
  switch (kindOf(snapshot, provider, namespace, root)) {
    case 'virtual-service': {
      const ref = {
        ...refTo(snapshot, VIRTUAL_SERVICE, namespace, root),
        kind: VIRTUAL_SERVICE,
      } as const;
      const words = objectWords(ref);
      return answer(
        'virtual-service',
        `Flagger writes the weights of ${words}`,
        canaryRoutes(
          snapshot,
          ref,
          namespace,
          snapshot.get(VIRTUAL_SERVICE, namespace, root),
          found => {
            // Rules that keep clients at their version, or try it with some, come first.
            const last = virtualServiceShares(found, { service }).pop();
            return last
              ? [last]
              : { missing: `No rule of ${words} sends to ${service}` };
          },
        ),
      );
    }
    case 'gateway-api': {
      const route = { kind: HTTP_ROUTE, namespace, name: root } as const;
      return answer(
        'gateway-api',
        `Flagger writes the weights of HTTPRoute ${namespace}/${root}`,
        gatewayApiRoutes(snapshot, route, namespace, { service }).slice(-1),
      );
    }
    case 'traffic-split':
      return answer(
        'traffic-split',
        `The provider ${provider} writes the weights of a TrafficSplit`,
        [trafficSplitRoute(snapshot, namespace, root)],
      );
    case 'service-selector':
      return answer(
        'service-selector',
        `The provider kubernetes moves no weights: Service ${root} changes from one version to the other as a whole`,
      );
    case 'unknown':
      return answer(
        'unknown',
        `The Canary names no provider, and there is neither a VirtualService nor an HTTPRoute ${namespace}/${root} that would tell which one Flagger was started with`,
      );
    default:
      return answer('other', `The provider ${provider} moves the weights`);
  }
}

function kindOf(
  snapshot: MeshSnapshot,
  provider: string | undefined,
  namespace: string,
  root: string,
): CanarySteering {
  if (!provider) {
    if (snapshot.get(VIRTUAL_SERVICE, namespace, root)) {
      return 'virtual-service';
    }
    return snapshot.get(HTTP_ROUTE, namespace, root)
      ? 'gateway-api'
      : 'unknown';
  }
  if (provider === 'istio') {
    return 'virtual-service';
  }
  if (provider.startsWith('gatewayapi:')) {
    return 'gateway-api';
  }
  if (provider === 'kubernetes') {
    return 'service-selector';
  }
  return provider === 'linkerd' ||
    provider === 'osm' ||
    provider.startsWith('smi:')
    ? 'traffic-split'
    : 'other';
}
