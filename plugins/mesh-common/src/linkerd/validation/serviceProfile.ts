import { isJsonObject } from '../../kubernetes/jsonValues';
import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { goDurationComplaint } from '../durations';
import { wrongTypes } from './profileSchema';
import { requestCondition, responseCondition } from './profileConditions';
import { LinkerdSubject } from './subject';

const NAME =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_NAME = 253;

/**
 * What Linkerd's own webhook refuses of a ServiceProfile: fields that there are not and values of other types, a name that
 * is no DNS subdomain, routes without name or condition, conditions that say nothing, status codes out of range, durations
 * that are none, a budget without ttl (linkerd2 pkg/profiles/profiles.go: `Validate`).
 */
export function* serviceProfile({ spec, name }: LinkerdSubject): Problems {
  yield* wrongTypes(spec);
  if (!NAME.test(name.text) || name.text.length > MAX_NAME) {
    yield refused(
      name,
      `ServiceProfile "${name.text}" has invalid name: it must be a lowercase RFC 1123 subdomain`,
    );
  }
  for (const route of spec.get('routes').items) {
    yield* profileRoute(route);
  }
  yield* budget(spec.get('retryBudget'));
}

function* profileRoute(route: Field): Problems {
  if (!isJsonObject(route.value)) {
    yield refused(route, 'null route');
    return;
  }
  if (route.get('name').text === '') {
    yield refused(route.get('name'), 'route with no name');
  }
  yield* duration(route.get('timeout'), 'timeout');
  const condition = route.get('condition');
  if (!condition.exists) {
    yield refused(condition, 'route with no condition');
  } else {
    yield* requestCondition(condition);
  }
  for (const response of route.get('responseClasses').items) {
    if (!isJsonObject(response.value)) {
      yield refused(response, 'null response class');
    } else if (!response.get('condition').exists) {
      yield refused(
        response.get('condition'),
        'response class with no condition',
      );
    } else {
      yield* responseCondition(response.get('condition'));
    }
  }
}

function* budget(written: Field): Problems {
  if (!written.exists) {
    return;
  }
  const ratio = written.get('retryRatio');
  if (ratio.number < 0) {
    yield refused(ratio, 'RetryBudget RetryRatio must be non-negative');
  }
  const ttl = written.get('ttl');
  if (ttl.text === '') {
    yield refused(ttl, 'RetryBudget missing TTL field');
  } else {
    yield* duration(ttl, 'TTL');
  }
}

function* duration(field: Field, what: string): Problems {
  const complaint =
    field.exists && field.text !== ''
      ? goDurationComplaint(field.text)
      : undefined;
  if (complaint) {
    yield refused(field, `invalid ${what}: ${complaint}`);
  }
}
