import { Field } from '../../validation/Field';
import { Problems, refused, refusedFor, warned } from '../../validation/report';
import { localitiesComplaint } from './localityNames';

const TOPOLOGY = [
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
];

/**
 * `localityLbSetting`: shares that are 100 together, or where to go when a region fails, not both
 * (istio/istio pkg/config/validation/agent/validation.go: ValidateLocalityLbSetting).
 */
export function* localityLoadBalancing(
  field: Field,
  hasOutlier: boolean,
): Problems {
  const distribute = field.get('distribute');
  const failover = field.get('failover');
  if (distribute.items.length > 0 && failover.items.length > 0) {
    yield refused(
      field,
      "can not simultaneously specify 'distribute' and 'failover'",
    );
    return;
  }
  const topology = field
    .get('failoverPriority')
    .items.find(({ text }) => TOPOLOGY.includes(text));
  if (failover.items.length > 0 && topology) {
    yield refused(
      topology,
      `can not simultaneously set 'failover' and topology label '${topology.text}' in 'failover_priority'`,
    );
    return;
  }
  for (const share of distribute.items) {
    yield* shares(share.get('to'));
  }
  yield* refusedFor(
    distribute,
    localitiesComplaint(distribute.items.map(share => share.get('from').text)),
  );
  yield* failovers(field, hasOutlier);
}

function* shares(to: Field): Problems {
  let total = 0;
  for (const [, weight] of to.members) {
    if (weight.number <= 0 || weight.number > 100) {
      yield refused(weight, 'locality weight must be in range [1, 100]');
      return;
    }
    total += weight.number;
  }
  yield* refusedFor(
    to,
    total === 100
      ? localitiesComplaint(to.members.map(([name]) => name))
      : `total locality weight ${total} != 100`,
  );
}

/** `zoneAwareLbSetting`: regions and zones are Envoy's business there. */
export function* zoneAwareLoadBalancing(
  field: Field,
  hasOutlier: boolean,
): Problems {
  for (const item of field.get('failoverPriority').items) {
    if (TOPOLOGY.includes(item.text)) {
      yield refused(
        item,
        `'failover_priority' for zone aware lb must not use topology label '${item.text}'; region- and zone-level routing are handled automatically`,
      );
    }
  }
  yield* failovers(field, hasOutlier);
}

function* failovers(field: Field, hasOutlier: boolean): Problems {
  const failover = field.get('failover');
  const given =
    failover.items.length > 0 || field.get('failoverPriority').items.length > 0;
  if (given && !hasOutlier) {
    yield warned(
      field,
      'outlier detection policy must be provided for failover',
    );
  }
  for (const item of failover.items) {
    const [from, to] = [item.get('from').text, item.get('to').text];
    if (from === to) {
      yield refused(
        item,
        'locality lb failover settings must specify different regions',
      );
    }
    if (`${from}${to}`.includes('/')) {
      yield refused(item, 'locality lb failover only specify region');
    }
    if (`${from}${to}`.includes('*')) {
      yield refused(
        item,
        "locality lb failover region should not contain '*' wildcard",
      );
    }
  }
}
