import { connectionPool } from './connectionPool';
import { destination } from './destination';
import { Field } from '../../validation/Field';
import { fqdnComplaint } from './hosts';
import { Problems, refused, refusedFor } from '../../validation/report';
import { labelledWorkloads } from './selectors';
import { egressListeners } from './sidecarEgress';
import { ingressListeners } from './sidecarIngress';
import { Subject } from './subject';

const CONTENTS = [
  'egress',
  'ingress',
  'outboundTrafficPolicy',
  'inboundConnectionPool',
];

/** What istiod refuses of a Sidecar (istio/istio pkg/config/validation/validation.go: ValidateSidecar). */
export function* sidecar({ spec, namespace }: Subject): Problems {
  yield* labelledWorkloads(spec.get('workloadSelector'), 'sidecar');
  const isEmpty = CONTENTS.every(name => {
    const content = spec.get(name);
    return Array.isArray(content.value)
      ? content.items.length === 0
      : !content.exists;
  });
  if (isEmpty) {
    yield refused(spec, 'sidecar: empty configuration provided');
    return;
  }
  yield* ingressListeners(spec.get('ingress'));
  yield* connectionPool(spec.get('inboundConnectionPool'));
  yield* egressListeners(spec.get('egress'), namespace);
  yield* outboundTrafficPolicy(spec.get('outboundTrafficPolicy'));
}

function* outboundTrafficPolicy(policy: Field): Problems {
  const proxy = policy.get('egressProxy');
  const mode = policy.get('mode').text || 'REGISTRY_ONLY';
  if (!proxy.exists) {
    return;
  }
  if (mode !== 'ALLOW_ANY') {
    yield refused(
      proxy,
      'sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode',
    );
    return;
  }
  yield* refusedFor(proxy.get('host'), fqdnComplaint(proxy.get('host').text));
  if (!proxy.get('port').exists) {
    yield refused(
      proxy.get('port'),
      'sidecar: egress_proxy port must be non-nil',
    );
    return;
  }
  yield* destination(proxy);
}
