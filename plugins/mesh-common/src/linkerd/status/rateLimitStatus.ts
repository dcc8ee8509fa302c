import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { isOlder } from '../age';
import { HttpLocalRateLimitPolicy } from '../objects';
import { rateLimitsOn } from '../rateLimit';
import { isRefTo, POLICY_GROUP } from '../targetRefs';
import { ACCEPTED, LinkerdStatusCondition, notAccepted } from './conditions';

/**
 * What the controller says of a rate limit: its Server must exist, and of several for one Server the oldest is accepted
 * (of equal ages the first by name). Of one for anything but a Server it says nothing.
 *
 * Upstream: policy-controller/k8s/status/src/index.rs, `target_ref_status`.
 *
 * @public
 */
export function rateLimitStatus(
  snapshot: MeshSnapshot,
  policy: HttpLocalRateLimitPolicy,
): LinkerdStatusCondition | undefined {
  const { targetRef } = policy.spec;
  if (!isRefTo(targetRef, POLICY_GROUP, 'Server')) {
    return undefined;
  }
  const namespace = namespaceOf(policy);
  if (!snapshot.get('policy.linkerd.io/Server', namespace, targetRef.name)) {
    return notAccepted(
      'NoMatchingTarget',
      `there is no Server ${namespace}/${targetRef.name}`,
    );
  }
  const [first] = rateLimitsOn(snapshot, namespace, targetRef.name);
  return first.metadata.name === policy.metadata.name
    ? ACCEPTED
    : notAccepted(
        'RateLimitReasonAlreadyExists',
        `HTTPLocalRateLimitPolicy ${namespace}/${
          first.metadata.name
        } is for the same Server, and ${
          isOlder(first, policy) ? 'older' : 'comes before it'
        }`,
      );
}
