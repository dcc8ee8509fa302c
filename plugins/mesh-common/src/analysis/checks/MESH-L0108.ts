import { rateLimitStatus } from '../../linkerd/status/rateLimitStatus';
import { defineCheck } from '../check';
import { refOf } from '../naming';

export const rateLimitNotAccepted = defineCheck({
  code: 'MESH-L0108',
  level: 'error',
  title: 'A rate limit has no effect',
  explanation:
    'A rate limit is for one Server of its namespace, and of several for one Server the oldest counts alone. The controller writes to the status of the others that it does not accept them.',
  upstream:
    'policy-controller/k8s/status/src/index.rs, target_ref_status (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/HTTPLocalRateLimitPolicy',
  needs: ['policy.linkerd.io/Server'],
  *run(policy, snapshot) {
    const condition = rateLimitStatus(snapshot, policy);
    if (condition?.status === 'False') {
      yield {
        message: `${refOf(policy)} has no effect: ${condition.why} (${
          condition.reason
        })`,
        field: 'spec.targetRef',
      };
    }
  },
});
