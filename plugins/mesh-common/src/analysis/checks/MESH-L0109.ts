import { namespaceOf } from '../../kubernetes/objects';
import { limitsRequests } from '../../linkerd/rateLimit';
import { isRefTo, POLICY_GROUP } from '../../linkerd/targetRefs';
import { defineCheck } from '../check';
import { refOf } from '../naming';

export const rateLimitOfOtherProtocol = defineCheck({
  code: 'MESH-L0109',
  level: 'error',
  title: 'A rate limit is for a Server whose requests are not counted',
  explanation:
    'Proxies limit requests where the proxyProtocol of the Server is unknown, HTTP/1 or HTTP/2. For gRPC, opaque and TLS ports a rate limit is accepted, and has no effect.',
  upstream: 'policy-controller/grpc/src/inbound.rs, to_server (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/HTTPLocalRateLimitPolicy',
  needs: ['policy.linkerd.io/Server'],
  *run(policy, snapshot) {
    const { targetRef } = policy.spec;
    const server = isRefTo(targetRef, POLICY_GROUP, 'Server')
      ? snapshot.get(
          'policy.linkerd.io/Server',
          namespaceOf(policy),
          targetRef.name,
        )
      : undefined;
    if (server && !limitsRequests(server)) {
      yield {
        message: `${refOf(policy)} has no effect: the protocol of Server ${
          server.metadata.name
        } is ${server.spec.proxyProtocol}`,
        field: 'spec.targetRef',
      };
    }
  },
});
