import { rolloutState } from '../../canary/argoRollout';
import { flaggerState } from '../../canary/flaggerCanary';
import { CanaryState } from '../../contract/canary';
import { CheckFinding, defineCheck } from '../check';

const COMMON = {
  code: 'MESH-0008',
  level: 'error',
  title: 'A canary writes a TrafficSplit, which no mesh reads any more',
  explanation:
    'The Service Mesh Interface is archived, and Linkerd has not read TrafficSplits since 2.12: the controller counts its steps, and no request goes to the new version before all do. Linkerd and Istio read HTTPRoutes of the Gateway API.',
  upstream: 'linkerd2 4170b49b3 (remove TrafficSplit)',
  needs: [],
} as const;

function* splits(
  state: CanaryState | undefined,
  field: string,
  instead: string,
): Iterable<CheckFinding> {
  if (state?.steering.value === 'traffic-split') {
    yield {
      message: `${state.steering.reasons[0].text}, which no mesh reads: ${instead}`,
      field,
    };
  }
}

export const canaryWithTrafficSplit = [
  defineCheck({
    ...COMMON,
    subject: 'argoproj.io/Rollout',
    run: (rollout, snapshot) =>
      splits(
        rolloutState(snapshot, rollout),
        'spec.strategy.canary.trafficRouting.smi',
        'use trafficRouting.plugins with argoproj-labs/gatewayAPI, or trafficRouting.istio',
      ),
  }),
  defineCheck({
    ...COMMON,
    subject: 'flagger.app/Canary',
    run: (canary, snapshot) =>
      splits(
        flaggerState(snapshot, canary),
        'spec.provider',
        'write provider: gatewayapi:v1',
      ),
  }),
];
