import { Field } from '../../validation/Field';
import { gatewayNames } from './gatewayNames';
import { isDnsLabel } from './hosts';
import {
  Complaint,
  Problems,
  refused,
  refusedFor,
} from '../../validation/report';
import { labels, port, regexComplaint } from './values';

const HEADER = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const CLAIM = /^@request\.auth\.claims[.[]/i;
const PSEUDO: ReadonlySet<string> = new Set([
  ':method',
  ':scheme',
  ':authority',
  ':path',
  ':status',
]);

/** Conditions of an HTTP rule (istio/istio pkg/config/validation/virtualservice.go: validateHTTPRouteMatchRequest). */
export function* httpMatch(match: Field): Problems {
  for (const [name, value] of match.get('headers').members) {
    yield* refusedFor(value, headerNameComplaint(name));
    yield* stringMatch(value, 'headers');
  }
  for (const [name, value] of match.get('withoutHeaders').members) {
    yield* refusedFor(value, headerNameComplaint(name));
    // `*` is no expression here: it asks whether the header is there.
    if (value.get('regex').text !== '*') {
      yield* stringMatch(value, 'withoutHeaders');
    }
  }
  yield* regexMatch(match.get('uri'), 'uri');
  for (const name of ['scheme', 'method', 'authority']) {
    yield* stringMatch(match.get(name), name);
  }
  for (const [, value] of match.get('queryParams').members) {
    yield* stringMatch(value, 'queryParams');
  }
  yield* origin(match);
}

function* origin(match: Field): Problems {
  if (match.get('port').number !== 0) {
    yield* port(match.get('port'));
  }
  yield* labels(match.get('sourceLabels'));
  yield* gatewayNames(match.get('gateways'));
  const namespace = match.get('sourceNamespace');
  if (namespace.text !== '' && !isDnsLabel(namespace.text)) {
    yield refused(
      namespace,
      `sourceNamespace match ${namespace.text} is invalid`,
    );
  }
}

function headerNameComplaint(name: string): Complaint {
  if (name === '') {
    return 'header name cannot be empty';
  }
  return CLAIM.test(name) || PSEUDO.has(name) || HEADER.test(name)
    ? undefined
    : `header name ${name} is not a valid header name`;
}

/** A prefix or an expression is not empty. */
function* stringMatch(field: Field, where: string): Problems {
  const prefix = field.get('prefix');
  if (prefix.value === '') {
    yield refused(
      prefix,
      `"${where}": prefix string match should not be empty`,
    );
  }
  yield* regexMatch(field, where);
}

/** An expression is not empty, and one of RE2. */
export function* regexMatch(field: Field, where: string): Problems {
  const regex = field.get('regex');
  if (regex.value === '') {
    yield refused(regex, `"${where}": regex string match should not be empty`);
  } else if (regex.exists) {
    yield* refusedFor(regex, regexComplaint(regex.text, where));
  }
}
