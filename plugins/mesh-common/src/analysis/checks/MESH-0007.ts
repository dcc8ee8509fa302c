import { rolloutState } from '../../canary/argoRollout';
import { flaggerState } from '../../canary/flaggerCanary';
import { Rollout } from '../../canary/objects';
import { CanaryState } from '../../contract/canary';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';

const COMMON = {
  code: 'MESH-0007',
  level: 'error',
  title: 'A canary has no rule whose weights could be moved',
  explanation:
    'Argo Rollouts and Flagger share requests between versions by the weights of a VirtualService or of a route of the Gateway API. Where the object, the rule or the subset that they are to move is not there, the controller stops with an error and the new version gets no requests, or all at once.',
  upstream:
    'argo-rollouts rollout/trafficrouting/istio/istio.go, ValidateHTTPRoutes; flagger pkg/router/istio.go, GetRoutes',
  needs: [],
} as const;

/** A Rollout names a VirtualService, a route, a rule or a subset that does not exist. */
const ofRollout = defineCheck({
  ...COMMON,
  subject: 'argoproj.io/Rollout',
  *run(rollout, snapshot) {
    const state = rolloutState(snapshot, rollout);
    yield* missing(state, 'spec.strategy.canary.trafficRouting');
    yield* missingSubsets(rollout, snapshot);
  },
});

/**
 * What Flagger makes for a Canary is gone. Before it has started there is nothing, and files do not hold what it makes.
 */
const ofFlagger = defineCheck({
  ...COMMON,
  subject: 'flagger.app/Canary',
  *run(canary, snapshot) {
    const state = flaggerState(snapshot, canary);
    const isMade = !['unknown', 'not-started', 'ended'].includes(
      state.phase.value,
    );
    if (isMade && snapshot.origin === 'cluster') {
      yield* missing(state, 'spec.provider');
    }
  },
});

function* missing(
  state: CanaryState | undefined,
  field: string,
): Iterable<CheckFinding> {
  for (const { state: route } of state?.steering.routes ?? []) {
    if (route.value === 'missing') {
      yield {
        message: `${route.reasons[0].text}: requests cannot be shared with the new version`,
        field,
      };
    }
  }
}

function* missingSubsets(
  rollout: Rollout,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  const { name, canarySubsetName, stableSubsetName } =
    rollout.spec?.strategy?.canary?.trafficRouting?.istio?.destinationRule ??
    {};
  const kind = 'networking.istio.io/DestinationRule';
  const read = snapshot.read(kind).state;
  if (!name || (read !== 'read' && read !== 'absent')) {
    return;
  }
  const namespace = namespaceOf(rollout);
  const field = 'spec.strategy.canary.trafficRouting.istio.destinationRule';
  const rule = snapshot.get(kind, namespace, name);
  if (!rule) {
    yield {
      message: `There is no DestinationRule ${namespace}/${name}, whose subsets the Rollout is to point at its versions`,
      field,
    };
    return;
  }
  const subsets = rule.spec?.subsets ?? [];
  for (const subset of [canarySubsetName, stableSubsetName]) {
    if (subset && !subsets.some(each => each.name === subset)) {
      yield {
        message: `DestinationRule ${namespace}/${name} has no subset ${subset}, which the Rollout is to point at one of its versions`,
        field,
      };
    }
  }
}

export const canaryWithoutRule = [ofRollout, ofFlagger];
