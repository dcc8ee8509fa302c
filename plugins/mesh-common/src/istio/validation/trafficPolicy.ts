import { clientTls } from './clientTls';
import { connectionPool } from './connectionPool';
import { Field } from '../../validation/Field';
import { addressComplaint, fqdnComplaint } from './hosts';
import { loadBalancer } from './loadBalancer';
import { outlierDetection } from './outlierDetection';
import { Problems, refused } from '../../validation/report';
import { durationText, port } from './values';

const OF_PORTS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'];
const OF_ALL = [
  ...OF_PORTS,
  'portLevelSettings',
  'tunnel',
  'proxyProtocol',
  'retryBudget',
];

/** A traffic policy says something (istio/istio pkg/config/validation/validation.go: validateTrafficPolicy). */
export function* trafficPolicy(policy: Field, namespace: string): Problems {
  if (!policy.exists) {
    return;
  }
  if (!OF_ALL.some(name => isGiven(policy.get(name)))) {
    yield refused(policy, 'traffic policy must have at least one field');
  }
  if (policy.get('tunnel').exists && policy.get('proxyProtocol').exists) {
    yield refused(policy, 'tunnel and proxyProtocol must not be set together');
  }
  yield* settings(policy, namespace);
  for (const item of policy.get('portLevelSettings').items) {
    if (!item.get('port').exists) {
      yield refused(item.get('port'), 'portTrafficPolicy must have valid port');
    }
    if (!OF_PORTS.some(name => item.get(name).exists)) {
      yield refused(item, 'port traffic policy must have at least one field');
    }
    yield* settings(item, namespace);
  }
  yield* tunnel(policy.get('tunnel'));
  yield* durationText(policy.get('retryBudget').get('budgetInterval'));
}

/** An empty list counts as none. */
function isGiven(field: Field): boolean {
  return Array.isArray(field.value) ? field.isFilled : field.exists;
}

function* settings(policy: Field, namespace: string): Problems {
  const outlier = policy.get('outlierDetection');
  yield* outlierDetection(outlier);
  yield* connectionPool(policy.get('connectionPool'));
  yield* loadBalancer(policy.get('loadBalancer'), outlier.exists);
  yield* clientTls(policy.get('tls'), namespace);
}

function* tunnel(field: Field): Problems {
  if (!field.exists) {
    return;
  }
  if (!['', 'CONNECT', 'POST'].includes(field.get('protocol').text)) {
    yield refused(
      field.get('protocol'),
      'tunnel protocol must be "CONNECT" or "POST"',
    );
  }
  const host = field.get('targetHost');
  if (fqdnComplaint(host.text) && addressComplaint(host.text)) {
    yield refused(host, 'tunnel target host must be valid FQDN or IP address');
  }
  yield* port(field.get('targetPort'));
}
