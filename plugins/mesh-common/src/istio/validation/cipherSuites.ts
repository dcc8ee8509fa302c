import { Field } from '../../validation/Field';
import { Problems, warned } from '../../validation/report';

/** Those that a gateway can use (istio/istio pkg/config/security/security.go: ValidCipherSuites). */
const SUITES: ReadonlySet<string> = new Set([
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
  'DES-CBC3-SHA',
]);

/** Suites that are none are left out, as are those that are named twice; old versions need suites of their own. */
export function* cipherSuites(tls: Field): Problems {
  const list = tls.get('cipherSuites');
  if (
    ['TLSV1_0', 'TLSV1_1'].includes(tls.get('minProtocolVersion').text) &&
    list.items.length === 0
  ) {
    yield warned(
      tls.get('minProtocolVersion'),
      'TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer include compatible ciphers.',
    );
  }
  const seen = new Set<string>();
  for (const item of list.items) {
    if (!isSuite(item.text)) {
      yield warned(item, `ignoring invalid cipher suites: [${item.text}]`);
    } else if (seen.has(item.text)) {
      yield warned(item, `ignoring duplicate cipher suites: [${item.text}]`);
    }
    seen.add(item.text);
  }
}

function isSuite(text: string): boolean {
  // What starts with a sign is an expression over suites.
  return (
    text === '' ||
    text === 'ALL' ||
    !/^[\p{L}\p{N}]/u.test(text) ||
    SUITES.has(text)
  );
}
