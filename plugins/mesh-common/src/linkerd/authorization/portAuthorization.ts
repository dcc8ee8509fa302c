import { CallDecision } from '../../contract/callDecision';
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
import { inboundPolicy } from '../inboundPolicy';
import { podDecider } from '../podSettings';
import { proxyOf } from '../proxy';
import { skippedInbound } from '../skippedPorts';
import { decide } from './decide';
import { evaluation } from './evaluation';
import { writtenRules } from './writtenRules';

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
            rule: 'linkerd/inbound-authorization',
            text: 'It is not known whether the pod has a proxy',
          },
        ],
      }),
    );
  }
  const policy = inboundPolicy(snapshot, pod, port);
  if (!('policy' in policy)) {
    return unreadAuthorization(undecided(policy));
  }
  const { config } = assumedConfig(snapshot);
  const proxy = proxyOf(pod);
  const noProxy = because(
    'linkerd/inbound-authorization',
    'The pod has no proxy yet: this is what one would decide',
    podDecider(snapshot, pod, 'spec.containers'),
  );
  const decideHere = (facts: CallFacts): CallDecision => {
    const decision = decide(policy, facts, config);
    return {
      ...decision,
      reasons: proxy ? decision.reasons : [...decision.reasons, noProxy],
      ...((policy.predicted || !proxy) && { predicted: true }),
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
