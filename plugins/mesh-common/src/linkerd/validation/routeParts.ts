import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { isHeaderName, isHeaderValue } from '../headers';
import { regexComplaint } from '../rustRegex';

const VALUE_TYPES = ['Exact', 'RegularExpression'];
const SCHEMES = ['http', 'https'];
const PATH_TYPES = ['Exact', 'PathPrefix', 'RegularExpression'];

/** A field that is absent, or has one of these values. */
export function* oneOf(field: Field, values: readonly string[]): Problems {
  if (field.exists && !values.includes(field.text)) {
    yield refused(field, `it must be one of ${values.join(', ')}`);
  }
}

/** What the schema of routes asks for, and no reading goes without. */
function* required(field: Field): Problems {
  if (!field.exists) {
    yield refused(field, 'it must be set');
  }
}

/** Conditions on headers: a name and a value that a header can have, or an expression that compiles. */
export function* headerMatches(headers: Field): Problems {
  for (const header of headers.items) {
    yield* headerName(header.get('name'));
    yield* oneOf(header.get('type'), VALUE_TYPES);
    const value = header.get('value');
    yield* required(value);
    if (header.get('type').text === 'RegularExpression') {
      yield* expression(value);
    } else if (!isHeaderValue(value.text)) {
      yield refused(value, 'invalid header value');
    }
  }
}

/** Conditions on query parameters: expressions must compile. */
export function* queryMatches(params: Field): Problems {
  for (const param of params.items) {
    yield* oneOf(param.get('type'), VALUE_TYPES);
    yield* required(param.get('name'));
    yield* required(param.get('value'));
    if (param.get('type').text === 'RegularExpression') {
      yield* expression(param.get('value'));
    }
  }
}

/** A path must be absolute, or an expression that compiles. */
export function* pathMatch(path: Field): Problems {
  const value = path.get('value');
  yield* oneOf(path.get('type'), PATH_TYPES);
  if (path.get('type').text === 'RegularExpression') {
    yield* expression(value);
  } else if (value.exists && !value.text.startsWith('/')) {
    yield refused(
      value,
      `HttpPathMatch paths must be absolute (begin with \`/\`); "${value.text}" is not an absolute path`,
    );
  }
}

function* expression(value: Field): Problems {
  const complaint = regexComplaint(value.text);
  if (complaint) {
    yield refused(value, `invalid regex: ${value.text} (${complaint})`);
  }
}

function* headerName(name: Field): Problems {
  if (!isHeaderName(name.text)) {
    yield refused(name, `invalid header name: "${name.text}"`);
  }
}

/** Filters: header changes that headers can have, redirects to absolute paths. */
export function* filterList(filters: Field): Problems {
  for (const filter of filters.items) {
    for (const kind of ['requestHeaderModifier', 'responseHeaderModifier']) {
      yield* headerChanges(filter.get(kind));
    }
    const redirect = filter.get('requestRedirect');
    yield* oneOf(redirect.get('scheme'), SCHEMES);
    yield* statusCode(redirect.get('statusCode'));
    const path = redirect.get('path');
    for (const name of ['replaceFullPath', 'replacePrefixMatch']) {
      const value = path.get(name);
      if (value.exists && !value.text.startsWith('/')) {
        yield refused(
          value,
          `RequestRedirect filters may only contain absolute paths (starting with '/'); "${value.text}" is not an absolute path`,
        );
      }
    }
    if (
      path.exists &&
      !path.get('replaceFullPath').exists &&
      !path.get('replacePrefixMatch').exists
    ) {
      yield refused(
        path,
        'RequestRedirect path modifiers must have a full path or a prefix',
      );
    }
  }
}

function* statusCode(code: Field): Problems {
  if (
    code.exists &&
    !(Number.isInteger(code.value) && code.number >= 100 && code.number <= 999)
  ) {
    yield refused(code, 'invalid status code');
  }
}

/** The filters of rules that a policy.linkerd.io HTTPRoute can have, and where each is written. */
const POLICY_FILTERS: ReadonlyMap<string, string> = new Map([
  ['RequestHeaderModifier', 'requestHeaderModifier'],
  ['RequestRedirect', 'requestRedirect'],
]);

/** The filters of a policy.linkerd.io HTTPRoute say by their type which they are, and have what it names. */
export function* typedFilters(filters: Field): Problems {
  for (const filter of filters.items) {
    const type = filter.get('type');
    const content = POLICY_FILTERS.get(type.text);
    if (content === undefined) {
      yield refused(
        type,
        `it must be one of ${[...POLICY_FILTERS.keys()].join(', ')}`,
      );
    } else {
      yield* required(filter.get(content));
    }
  }
}

function* headerChanges(modifier: Field): Problems {
  for (const change of ['add', 'set']) {
    for (const header of modifier.get(change).items) {
      yield* headerName(header.get('name'));
      yield* required(header.get('value'));
      if (!isHeaderValue(header.get('value').text)) {
        yield refused(header.get('value'), 'invalid header value');
      }
    }
  }
  for (const name of modifier.get('remove').items) {
    yield* headerName(name);
  }
}

/** A backend that is a Service, as one without group and kind is, must have a port; here case counts. */
export function* backendPorts(backends: Field): Problems {
  for (const backend of backends.items) {
    const isService =
      ['core', ''].includes(backend.get('group').text) &&
      ['Service', ''].includes(backend.get('kind').text);
    if (isService && backend.get('port').number === 0) {
      yield refused(
        backend,
        `cannot reference a Service without a port: ${
          backend.get('name').text
        }`,
      );
    }
  }
}
