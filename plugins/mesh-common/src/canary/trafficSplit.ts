import { CanaryRoute } from '../contract/canary';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { objectWords, refTo } from './routes';

/** A TrafficSplit that a controller writes. SMI is archived, and no mesh reads its objects any more. */
export function trafficSplitRoute(
  snapshot: MeshSnapshot,
  namespace: string,
  name: string,
): CanaryRoute {
  const object = refTo(
    snapshot,
    'split.smi-spec.io/TrafficSplit',
    namespace,
    name,
  );
  return {
    object,
    state: {
      value: 'ignored',
      reasons: [
        {
          rule: 'mesh/canary/traffic-split',
          text: `No mesh reads ${objectWords(
            object,
          )}: SMI is archived, and Linkerd takes the Gateway API instead`,
        },
      ],
    },
  };
}
