import { HTTP_METHODS } from '../httpMethods';
import { Field } from '../../validation/Field';
import { regexMatch } from './httpMatch';
import { Problems, refused } from '../../validation/report';
import { duration, durationMs } from './values';

const METHODS: ReadonlySet<string> = new Set([...HTTP_METHODS, '*']);
const HEADER = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;

/** `corsPolicy` (istio/istio pkg/config/validation/validation.go: validateCORSPolicy). */
export function* corsPolicy(field: Field): Problems {
  for (const origin of field.get('allowOrigins').items) {
    const given = ['exact', 'prefix', 'regex'].some(
      kind => origin.get(kind).text !== '',
    );
    if (!given) {
      yield refused(
        origin,
        `'' is not a valid match type for CORS allow origins`,
      );
    } else {
      yield* regexMatch(origin, 'corsPolicy.allowOrigins');
    }
  }
  for (const method of field.get('allowMethods').items) {
    if (!METHODS.has(method.text)) {
      yield refused(method, `"${method.text}" is not a supported HTTP method`);
    }
  }
  for (const list of ['allowHeaders', 'exposeHeaders']) {
    for (const name of field.get(list).items) {
      if (!HEADER.test(name.text)) {
        yield refused(
          name,
          name.text === ''
            ? 'header name cannot be empty'
            : `header name ${name.text} is not a valid header name`,
        );
      }
    }
  }
  yield* maxAge(field.get('maxAge'));
}

function* maxAge(field: Field): Problems {
  yield* duration(field);
  const milliseconds = durationMs(field.text) ?? 0;
  if (milliseconds % 1_000 !== 0) {
    yield refused(
      field,
      'max_age duration is accurate only to seconds precision',
    );
  }
}
