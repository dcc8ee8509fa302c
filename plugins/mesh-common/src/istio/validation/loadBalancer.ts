import { Field } from '../../validation/Field';
import { localityLoadBalancing, zoneAwareLoadBalancing } from './localities';
import { Problems, refused, warned } from '../../validation/report';
import { duration, durationText } from './values';

/** `loadBalancer` (istio/istio pkg/config/validation/validation.go: validateLoadBalancer). */
export function* loadBalancer(field: Field, hasOutlier: boolean): Problems {
  if (!field.exists) {
    return;
  }
  yield* consistentHash(field.get('consistentHash'));
  const [locality, zone] = [
    field.get('localityLbSetting'),
    field.get('zoneAwareLbSetting'),
  ];
  if (locality.exists && zone.exists) {
    yield refused(
      field,
      'only one of localityLbSetting and zoneAwareLbSetting can be set',
    );
  }
  yield* localityLoadBalancing(locality, hasOutlier);
  yield* zoneAwareLoadBalancing(zone, hasOutlier);
  yield* durationText(field.get('warmupDurationSecs'));
  yield* warmup(field.get('warmup'));
}

function* consistentHash(hash: Field): Problems {
  const cookie = hash.get('httpCookie');
  if (cookie.exists && cookie.get('name').text === '') {
    yield refused(cookie.get('name'), 'name required for HttpCookie');
  }
  yield* durationText(cookie.get('ttl'));
  const seen = new Set<string>();
  for (const attribute of cookie.get('attributes').items) {
    const name = attribute.get('name');
    if (name.text === '') {
      yield refused(name, 'cookie attribute name cannot be empty');
    } else if (seen.has(name.text)) {
      yield refused(name, `duplicate cookie attribute name: ${name.text}`);
    }
    seen.add(name.text);
  }
  const ring = hash.get('minimumRingSize');
  if (ring.number !== 0) {
    yield warned(
      ring,
      "consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead",
    );
    if (hash.get('ringHash').exists || hash.get('maglev').exists) {
      yield refused(
        ring,
        'only one of MinimumRingSize or Maglev/Ringhash can be specified',
      );
    }
  }
  yield* maglev(hash.get('maglev'));
}

const MAX_TABLE = 5_000_011;

function* maglev(field: Field): Problems {
  const size = field.get('tableSize');
  if (!field.exists) {
    return;
  }
  if (size.number === 0) {
    yield refused(size, 'tableSize must be set for maglev');
  } else if (size.number >= MAX_TABLE) {
    yield refused(size, `tableSize must be less than ${MAX_TABLE} for maglev`);
  } else if (!isPrime(size.number)) {
    yield refused(size, 'tableSize must be a prime number for maglev');
  }
}

/** As Envoy decides it: 1 counts as one. */
function isPrime(value: number): boolean {
  if (value > 0 && value < 4) {
    return true;
  }
  for (let factor = 3; factor * factor <= value; factor += 2) {
    if (value % factor === 0) {
      return false;
    }
  }
  return value % 2 === 1;
}

function* warmup(field: Field): Problems {
  if (!field.exists) {
    return;
  }
  if (!field.get('duration').exists) {
    yield refused(field.get('duration'), 'duration is required');
  }
  yield* duration(field.get('duration'));
  if (field.get('minimumPercent').number > 100) {
    yield refused(
      field.get('minimumPercent'),
      'minimumPercent value should be less than or equal to 100',
    );
  }
  const aggression = field.get('aggression');
  if (aggression.exists && aggression.number <= 0) {
    yield refused(aggression, 'aggression should be greater than 0');
  }
}
