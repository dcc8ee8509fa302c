import { corsPolicy } from './corsPolicy';
import { destination, httpDestinations } from './destination';
import { faultInjection } from './faultInjection';
import { Field } from '../../validation/Field';
import { headers, isAuthorityHeader } from './headers';
import { httpMatch } from './httpMatch';
import { directResponse, redirect, rewrite } from './httpActions';
import { mirroring } from './mirroring';
import { Problems, refused } from '../../validation/report';
import { retries } from './retries';
import { duration } from './values';

/** One rule of `http` (istio/istio pkg/config/validation/virtualservice.go: validateHTTPRoute). */
export function* httpRoute(route: Field, isDelegate: boolean): Problems {
  yield* conflicts(route, isDelegate);
  for (const match of route.get('match').items) {
    yield* httpMatch(match);
  }
  yield* headers(route.get('headers'));
  yield* corsPolicy(route.get('corsPolicy'));
  yield* faultInjection(route.get('fault'));
  yield* mirroring(route);
  yield* destination(route.get('mirror'));
  yield* redirect(route.get('redirect'), route.get('match').items);
  yield* directResponse(route.get('directResponse'));
  yield* retries(route.get('retries'));
  yield* rewrite(route.get('rewrite'));
  yield* authority(route);
  yield* httpDestinations(route.get('route'));
  yield* duration(route.get('timeout'));
}

/** What a redirect or a direct response stands alone without, and how istiod begins to say so. */
const CONFLICTS: Readonly<Record<string, string>> = {
  route: 'HTTP route cannot contain both route',
  fault: 'HTTP route cannot contain both fault',
  rewrite: 'HTTP route rule cannot contain both rewrite',
  directResponse: 'HTTP route rule cannot contain both direct_response',
};

/** A rule does one thing: it delegates, redirects, answers, or sends on. */
function* conflicts(route: Field, isDelegate: boolean): Problems {
  const has = (name: string) => isGiven(route.get(name));
  if (has('delegate')) {
    if (isDelegate) {
      yield refused(
        route.get('delegate'),
        'delegate HTTP route cannot contain delegate',
      );
    } else {
      for (const name of ['redirect', 'route'].filter(has)) {
        yield refused(
          route.get(name),
          `root HTTP route ${route.get('name').text} must not specify ${name}`,
        );
      }
      return;
    }
  }
  const action = ['redirect', 'directResponse'].find(has);
  if (action) {
    const others = Object.keys(CONFLICTS).filter(
      name => name !== action && has(name),
    );
    for (const name of others) {
      yield refused(
        route.get(name),
        `${CONFLICTS[name]} and ${
          action === 'redirect' ? action : 'direct_response'
        }`,
      );
    }
  } else if (route.get('route').items.length === 0) {
    yield refused(route, 'HTTP route, redirect or direct_response is required');
  }
  if (has('mirror') && route.get('mirrors').items.length > 0) {
    yield refused(
      route.get('mirrors'),
      'HTTP route cannot contain both mirror and mirrors',
    );
  }
}

/** An empty list counts as none. */
function isGiven(field: Field): boolean {
  return Array.isArray(field.value) ? field.isFilled : field.exists;
}

/** The authority is set once: by the rewrite, or by a header. */
function* authority(route: Field): Problems {
  let current = route.get('rewrite').get('authority').text;
  for (const operation of ['set', 'add']) {
    const entries = route.get('headers').get('request').get(operation).members;
    for (const [name, value] of entries) {
      if (isAuthorityHeader(name)) {
        if (current !== '') {
          yield refused(
            value,
            `authority header cannot be set multiple times: have "${current}", attempting to set "${value.text}"`,
          );
        }
        current = value.text;
      }
    }
  }
}
