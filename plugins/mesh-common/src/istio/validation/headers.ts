import { Field } from '../../validation/Field';
import { headerValueComplaint } from './headerValue';
import { Complaint, Problems, refusedFor } from '../../validation/report';

/** What a route does with headers (istio/istio pkg/config/validation/virtualservice.go: validateHTTPRoute). */
export function* headers(field: Field): Problems {
  for (const side of ['request', 'response'] as const) {
    const operations = field.get(side);
    for (const operation of ['add', 'set']) {
      for (const [name, value] of operations.get(operation).members) {
        yield* refusedFor(
          value,
          nameComplaint(name, side === 'request') ??
            headerValueComplaint(value.text),
        );
      }
    }
    for (const name of operations.get('remove').items) {
      yield* refusedFor(name, nameComplaint(name.text, false));
    }
  }
}

/** Names with a colon are Envoy's own; of these a request's authority alone may be set. */
function nameComplaint(name: string, mayBeAuthority: boolean): Complaint {
  if (name === '') {
    return 'header name cannot be empty';
  }
  if (mayBeAuthority && isAuthorityHeader(name)) {
    return undefined;
  }
  if (name.toLowerCase() === 'host') {
    return `invalid header "${name}": cannot set Host header`;
  }
  return name.startsWith(':')
    ? `invalid header "${name}": header cannot have ":" prefix`
    : undefined;
}

export function isAuthorityHeader(name: string): boolean {
  return ['host', ':authority'].includes(name.toLowerCase());
}
