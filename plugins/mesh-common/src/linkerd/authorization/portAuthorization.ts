import { CallDecision } from '../../contract/callDecision';
import { Reason } from '../../contract/common';
import { EnrolmentMode } from '../../contract/mtls';
import { Pod } from '../../kubernetes/core';
import { because } from '../../mesh/answers';
import { allowed, undecided } from '../../mesh/whoMayCall/decision';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import {
  PortAuthorization,
  unreadAuthorization,
} from '../../mesh/whoMayCall/PortAuthorization';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { assumedConfig } from '../controlPlaneConfig';
import { externalInboundPolicy, inboundPolicy } from '../inboundPolicy';
import { podDecider } from '../podSettings';
import { proxyOf } from '../proxy';
import { skippedInbound } from '../skippedPorts';
import { decide } from './decide';
import { evaluation } from './evaluation';
import { writtenRules } from './writtenRules';

const RULE = 'linkerd/inbound-authorization';

/**
 * Who may call a port of a meshed pod: by the Server that selects the port and what authorizes for it, else by
 * the pod's default policy. Ports that bypass the proxy are open to everybody.
 */
export function portAuthorization(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
  mode: EnrolmentMode,
): PortAuthorization {
  const skipped = skippedInbound(snapshot, pod, port);
  if (skipped) {
    return unreadAuthorization(allowed([skipped]));
  }
  if (mode === 'unknown') {
    return unreadAuthorization(
      undecided({
        value: 'unknown',
        cause: 'unreachable',
        reasons: [
          {
            rule: RULE,
            text: 'It is not known whether the pod has a proxy',
          },
        ],
      }),
    );
  }
  const noProxy = because(
    RULE,
    'The pod has no proxy yet: this is what one would decide',
    podDecider(snapshot, pod, 'spec.containers'),
  );
  return byPolicy(
    snapshot,
    inboundPolicy(snapshot, pod, port),
    mode,
    proxyOf(pod) ? undefined : noProxy,
  );
}

/** Who may call a port of a workload outside Kubernetes, whose proxy asks for the policies of its ports as others do. */
export function externalAuthorization(
  snapshot: MeshSnapshot,
  policy: ReturnType<typeof externalInboundPolicy>,
): PortAuthorization {
  return byPolicy(snapshot, policy, 'sidecar', undefined);
}

function byPolicy(
  snapshot: MeshSnapshot,
  policy: ReturnType<typeof inboundPolicy>,
  mode: EnrolmentMode,
  noProxy: Reason | undefined,
): PortAuthorization {
  if (!('policy' in policy)) {
    return unreadAuthorization(undecided(policy));
  }
  const { config } = assumedConfig(snapshot);
  const decideHere = (facts: CallFacts): CallDecision => {
    const decision = decide(policy, facts, config);
    return {
      ...decision,
      reasons: noProxy ? [...decision.reasons, noProxy] : decision.reasons,
      ...((policy.predicted || noProxy) && { predicted: true }),
      ...(policy.mayDiffer.length > 0 && { mayDiffer: policy.mayDiffer }),
    };
  };
  return {
    rules: writtenRules(policy),
    decide: decideHere,
    evaluate: facts =>
      evaluation(policy, facts, config, mode, decideHere(facts)),
  };
}
