import { Field } from '../../validation/Field';
import {
  Complaint,
  Problems,
  refused,
  refusedFor,
  warned,
} from '../../validation/report';
import { port, regexComplaint } from './values';

const KILOBYTE = 1024;

/** `redirect`: something to redirect to, by one kind of path, with a code 3xx. */
export function* redirect(field: Field, matches: readonly Field[]): Problems {
  if (!field.exists) {
    return;
  }
  const [uri, prefix] = [field.get('uri'), field.get('prefixRewrite')];
  if (uri.text !== '' && prefix.text !== '') {
    yield refused(
      field,
      'redirect may only specify one of uri or prefix_rewrite',
    );
  }
  const other = matches.find(
    match => match.get('uri').exists && !match.get('uri').get('prefix').exists,
  );
  if (prefix.text !== '' && other) {
    yield refused(
      prefix,
      'redirect prefix_rewrite requires all URI matches to use prefix match type',
    );
  }
  const scheme = field.get('scheme');
  const empty = [uri, prefix, field.get('authority'), scheme].every(
    ({ text }) => text === '',
  );
  if (empty && !field.get('port').exists && !field.get('derivePort').exists) {
    yield refused(
      field,
      'redirect must specify URI, authority, scheme, or port',
    );
  }
  yield* redirectCode(field.get('redirectCode'));
  if (!['', 'http', 'https'].includes(scheme.text)) {
    yield refused(scheme, 'invalid redirect scheme, must be "http" or "https"');
  }
  if (field.get('port').number > 0) {
    yield* port(field.get('port'));
  }
}

function* redirectCode(code: Field): Problems {
  if (code.number !== 0 && (code.number < 300 || code.number > 399)) {
    yield refused(
      code,
      `${code.number} is not a valid redirect code, must be 3xx`,
    );
  }
}

/** `directResponse`: a status, and a body that the control plane can carry. */
export function* directResponse(field: Field): Problems {
  if (!field.exists) {
    return;
  }
  const body = field.get('body');
  const size = Math.max(
    new TextEncoder().encode(body.get('string').text).length,
    // base64 has four letters for three bytes.
    Math.floor((body.get('bytes').text.length * 3) / 4),
  );
  if (size > KILOBYTE * KILOBYTE) {
    yield refused(
      body,
      'large direct_responses may impact control plane performance, must be less than 1MB',
    );
  } else if (size > 100 * KILOBYTE) {
    yield warned(
      body,
      'large direct_responses may impact control plane performance',
    );
  }
  yield* refusedFor(
    field.get('status'),
    httpStatusComplaint(field.get('status').number),
  );
}

export function httpStatusComplaint(status: number): Complaint {
  return status < 200 || status > 600
    ? `HTTP status ${status} is not in range 200-599`
    : undefined;
}

/** `rewrite`: a path or an expression for one, an authority, or both. */
export function* rewrite(field: Field): Problems {
  if (!field.exists) {
    return;
  }
  const regex = field.get('uriRegexRewrite');
  if (field.get('uri').text !== '' && regex.exists) {
    yield refused(
      field,
      'rewrite may only contain one of URI or UriRegexRewrite',
    );
  }
  if (
    field.get('uri').text === '' &&
    !regex.exists &&
    field.get('authority').text === ''
  ) {
    yield refused(
      field,
      'rewrite must specify at least one of URI, UriRegexRewrite, or authority. Only one of URI or UriRegexRewrite may be specified',
    );
  }
  const match = regex.get('match');
  if (regex.exists) {
    if (match.text === '' || regex.get('rewrite').text === '') {
      yield refused(
        regex,
        'UriRegexRewrite requires both Rewrite and Match fields to be specified',
      );
    } else {
      yield* refusedFor(
        match,
        regexComplaint(match.text, 'uriRegexRewrite.match'),
      );
    }
  }
}
