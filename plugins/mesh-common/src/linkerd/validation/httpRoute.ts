import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { parseRouteDuration } from '../durations';
import { egressPorts } from './connectionRoute';
import { isOutbound } from './references';
import {
  backendPorts,
  filterList,
  headerMatches,
  oneOf,
  pathMatch,
  queryMatches,
  typedFilters,
} from './routeParts';
import { LinkerdSubject } from './subject';
import { trafficSettings } from './trafficSettings';

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
];

/**
 * What is refused of a policy.linkerd.io HTTPRoute, beside what is of every HTTPRoute: filters of other types than it has,
 * timeouts that are negative, and a try that may take longer than the request (linkerd2 policy-controller/runtime/src/admission.rs:
 * `Validate<HttpRouteSpec>`).
 */
export function* policyHttpRoute(subject: LinkerdSubject): Problems {
  if (!subject.spec.exists) {
    yield refused(subject.spec, 'spec must be set');
  }
  yield* httpRoute(subject);
  for (const rule of subject.spec.get('rules').items) {
    yield* typedFilters(rule.get('filters'));
    yield* timeouts(rule.get('timeouts'));
  }
}

/** The same for a gateway.networking.k8s.io HTTPRoute: backends that are Services need a port. */
export function* gatewayHttpRoute(subject: LinkerdSubject): Problems {
  yield* httpRoute(subject);
  for (const rule of subject.spec.get('rules').items) {
    yield* backendPorts(rule.get('backendRefs'));
  }
}

function* httpRoute(subject: LinkerdSubject): Problems {
  const { group, spec, annotations } = subject;
  yield* egressPorts(subject);
  if (isOutbound(spec, group)) {
    yield* trafficSettings(annotations, 'http');
  }
  for (const rule of spec.get('rules').items) {
    for (const match of rule.get('matches').items) {
      yield* pathMatch(match.get('path'));
      yield* oneOf(match.get('method'), METHODS);
      yield* headerMatches(match.get('headers'));
      yield* queryMatches(match.get('queryParams'));
    }
    yield* filterList(rule.get('filters'));
  }
}

function* timeouts(written: Field): Problems {
  const request = written.get('request');
  const backend = written.get('backendRequest');
  const requestMs = yield* timeout(request, 'request');
  const backendMs = yield* timeout(backend, 'backend request');
  if (
    requestMs !== undefined &&
    backendMs !== undefined &&
    backendMs > requestMs
  ) {
    yield refused(
      backend,
      'backendRequest timeout must not be greater than request timeout',
    );
  }
}

function* timeout(
  field: Field,
  name: string,
): Generator<ReturnType<typeof refused>, number | undefined> {
  if (!field.exists) {
    return undefined;
  }
  if (typeof field.value !== 'string') {
    yield refused(field, 'a timeout is a text such as 1m30s');
    return undefined;
  }
  const parsed = parseRouteDuration(field.value);
  if ('error' in parsed) {
    yield refused(field, parsed.error);
    return undefined;
  }
  if (field.value.startsWith('-')) {
    // Of 0 too.
    yield refused(field, `${name} timeout must not be negative`);
  }
  return parsed.ms;
}
