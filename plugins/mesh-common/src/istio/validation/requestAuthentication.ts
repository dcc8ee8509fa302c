import { isJsonObject, own } from '../../kubernetes/jsonValues';
import { Field } from '../../validation/Field';
import { Problems, refused, warned } from '../../validation/report';
import { attachment } from './selectors';
import { Subject } from './subject';
import { duration } from './values';

/**
 * What istiod refuses of a RequestAuthentication: rules without issuer, locations and claims without a name, keys that
 * are none (istio/istio pkg/config/validation/validation.go: ValidateRequestAuthentication, validateJwtRule).
 */
export function* requestAuthentication({ spec }: Subject): Problems {
  yield* attachment(spec);
  for (const rule of spec.get('jwtRules').items) {
    yield* jwtRule(rule);
  }
}

function* jwtRule(rule: Field): Problems {
  const keysUrl = rule.get('jwksUri').exists
    ? rule.get('jwksUri')
    : rule.get('jwks_uri');
  if (rule.get('issuer').text === '' && keysUrl.text === '') {
    yield refused(
      rule.get('issuer'),
      'issuer or jwksUri must be non-empty string',
    );
  }
  if (keysUrl.text !== '' && !/^https?:/i.test(keysUrl.text)) {
    yield refused(keysUrl, 'url must have scheme http:// or https://');
  }
  yield* notEmpty(rule.get('audiences'), 'audience must be non-empty string');
  yield* keys(rule.get('jwks'));
  yield* locations(rule);
  for (const claim of rule.get('outputClaimToHeaders').items) {
    yield* claimToHeader(claim);
  }
  yield* duration(rule.get('timeout'));
}

function* locations(rule: Field): Problems {
  for (const location of rule.get('fromHeaders').items) {
    if (location.get('name').text === '') {
      yield refused(
        location.get('name'),
        'location header name must be non-empty string',
      );
    }
  }
  yield* notEmpty(
    rule.get('fromParams'),
    'location query must be non-empty string',
  );
  yield* notEmpty(
    rule.get('fromCookies'),
    'cookie name must be non-empty string',
  );
}

function* notEmpty(list: Field, message: string): Problems {
  for (const item of list.items) {
    if (item.text === '') {
      yield refused(item, message);
    }
  }
}

function* claimToHeader(entry: Field): Problems {
  const header = entry.get('header');
  if (entry.get('claim').text === '' || header.text === '') {
    yield refused(
      entry,
      'outputClaimToHeaders header and claim value must be non-empty string',
    );
  } else if (!/^[-_A-Za-z0-9]+$/.test(header.text)) {
    yield refused(
      header,
      `header name ${header.text} is not a valid header name`,
    );
  }
}

/** Inline keys are a JSON Web Key Set; only their public parts are needed. */
function* keys(field: Field): Problems {
  if (field.text === '') {
    return;
  }
  const set = keySet(field.text);
  if (set === undefined) {
    yield refused(field, 'jwks parse error: it is no JSON Web Key Set');
    return;
  }
  for (const [index, key] of set.entries()) {
    if (isJsonObject(key) && (own(key, 'd') ?? own(key, 'k')) !== undefined) {
      yield warned(
        field,
        `jwks key at index ${index} contains private key material; only public keys are used for verification`,
      );
    }
  }
}

function keySet(text: string): readonly unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isJsonObject(parsed)) {
      return undefined;
    }
    const list = own(parsed, 'keys') ?? [parsed];
    return Array.isArray(list) && list.every(isKey) ? list : undefined;
  } catch {
    // No JSON, so no keys; the caller says so.
    return undefined;
  }
}

/** What a key has to have, by its type (RFC 7518). */
const KEY_PARTS: Readonly<Record<string, readonly string[]>> = {
  RSA: ['n', 'e'],
  EC: ['crv', 'x', 'y'],
  OKP: ['crv', 'x'],
  oct: ['k'],
};

function isKey(key: unknown): boolean {
  const type = isJsonObject(key) ? own(key, 'kty') : undefined;
  return (
    isJsonObject(key) &&
    typeof type === 'string' &&
    Object.hasOwn(KEY_PARTS, type) &&
    KEY_PARTS[type].every(part => typeof own(key, part) === 'string')
  );
}
