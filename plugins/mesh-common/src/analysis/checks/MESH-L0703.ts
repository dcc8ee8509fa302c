import { namespaceOf } from '../../kubernetes/objects';
import { routesOfParent } from '../../linkerd/outbound/routesOfParent';
import { defineCheck } from '../check';
import { refOf } from '../naming';

export const egressDeniesAll = defineCheck({
  code: 'MESH-L0703',
  level: 'warning',
  title: 'An EgressNetwork denies everything',
  explanation:
    'An EgressNetwork with trafficPolicy Deny lets out what its routes take, and refuses the rest. Without any route on it that is everything that clients send to its networks.',
  upstream: 'policy-controller/grpc/src/outbound.rs (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/EgressNetwork',
  needs: [],
  *run(network, snapshot) {
    const routes = routesOfParent(snapshot, {
      kind: 'EgressNetwork',
      namespace: namespaceOf(network),
      name: network.metadata.name,
    });
    if (network.spec.trafficPolicy === 'Deny' && routes.length === 0) {
      yield {
        message: `${refOf(
          network,
        )} denies what no route takes, and no route has it as parent`,
        field: 'spec.trafficPolicy',
      };
    }
  },
});
