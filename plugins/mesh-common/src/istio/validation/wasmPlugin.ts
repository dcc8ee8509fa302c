import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { requestUriScheme } from '../../validation/requestUri';
import { attachment } from './selectors';
import { Subject } from './subject';

const SCHEMES: ReadonlySet<string | undefined> = new Set([
  '',
  'file',
  'http',
  'https',
  'oci',
]);
const MAX_SECRET = 253;
const MAX_NAME = 256;

/** What istiod refuses of a WasmPlugin (istio/istio pkg/config/validation/validation.go: ValidateWasmPlugin). */
export function* wasmPlugin({ spec }: Subject): Problems {
  yield* attachment(spec);
  yield* wasmModule(spec);
  yield* trafficPorts(spec.get('match'));
}

/** Where a module comes from and how it runs. */
export function* wasmModule(field: Field): Problems {
  const url = field.get('url');
  if (url.text === '') {
    yield refused(url, 'url field needs to be set');
  } else {
    const scheme =
      requestUriScheme(url.text) ?? requestUriScheme(`http://${url.text}`);
    if (!SCHEMES.has(scheme)) {
      yield refused(
        url,
        'url must have schema one of [http, https, file, oci]',
      );
    }
  }
  const sha = field.get('sha256');
  if (sha.text !== '' && !/^[a-f0-9]{64}$/.test(sha.text)) {
    yield refused(sha, 'sha256 field must match [a-f0-9]{64} pattern');
  }
  for (const [name, max] of [
    ['imagePullSecret', MAX_SECRET],
    ['pluginName', MAX_NAME],
  ] as const) {
    if (field.get(name).text.length > max) {
      yield refused(
        field.get(name),
        `${name} field must be less than ${max} characters long`,
      );
    }
  }
  yield* environment(field.get('vmConfig').get('env'));
}

function* environment(list: Field): Problems {
  const seen = new Set<string>();
  for (const entry of list.items) {
    const name = entry.get('name');
    if (name.text === '' || name.text.length > MAX_NAME) {
      yield refused(name, `env.name has 1 to ${MAX_NAME} characters`);
    } else if (seen.has(name.text)) {
      yield refused(name, `duplicate env ${name.text}`);
    }
    seen.add(name.text);
    if (
      entry.get('valueFrom').text === 'HOST' &&
      entry.get('value').text !== ''
    ) {
      yield refused(
        entry.get('value'),
        'value may only be set when valueFrom is INLINE',
      );
    }
  }
}

/** Ports of the traffic that an extension looks at. */
export function* trafficPorts(list: Field): Problems {
  for (const match of list.items) {
    for (const port of match.get('ports').items) {
      const { number } = port.get('number');
      if (number <= 0 || number > 65_535) {
        yield refused(port.get('number'), `port is out of range: ${number}`);
      }
    }
  }
}
