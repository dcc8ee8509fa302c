import { Field } from '../../validation/Field';
import { headers } from './headers';
import { isDnsLabel, wildcardDomainComplaint } from './hosts';
import {
  Complaint,
  Problems,
  refused,
  refusedFor,
} from '../../validation/report';
import { port } from './values';

/** Where a route sends to: a host that is no wildcard alone, a subset's name, a port. */
export function* destination(field: Field): Problems {
  if (!field.exists) {
    return;
  }
  const host = field.get('host');
  yield* refusedFor(
    host,
    host.text === '*'
      ? 'invalid destination host *'
      : wildcardDomainComplaint(host.text),
  );
  if (field.get('subset').text !== '') {
    yield* refusedFor(
      field.get('subset'),
      subsetNameComplaint(field.get('subset').text),
    );
  }
  if (field.get('port').exists) {
    yield* port(field.get('port').get('number'));
  }
}

export function subsetNameComplaint(name: string): Complaint {
  if (name === '') {
    return 'subset name cannot be empty';
  }
  return isDnsLabel(name) ? undefined : `subset name is invalid: ${name}`;
}

/** The weighted destinations of an HTTP route, with the headers that each of them changes. */
export function* httpDestinations(list: Field): Problems {
  for (const item of list.items) {
    yield* headers(item.get('headers'));
  }
  yield* l4Destinations(list);
}

/**
 * Weighted destinations: every one has a destination, no weight is negative, and of several one has some weight.
 * Weights are shares of their sum, which may be any number.
 */
export function* l4Destinations(list: Field): Problems {
  let total = 0;
  for (const item of list.items) {
    if (!item.get('destination').exists) {
      yield refused(item.get('destination'), 'destination is required');
    }
    yield* destination(item.get('destination'));
    const weight = item.get('weight');
    if (weight.number < 0) {
      yield refused(weight, `weight ${weight.number} < 0`);
    }
    total += weight.number;
  }
  if (list.items.length > 1 && total === 0) {
    yield refused(list, 'total destination weight = 0');
  }
}
