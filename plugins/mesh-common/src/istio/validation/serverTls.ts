import { cipherSuites } from './cipherSuites';
import { Field } from '../../validation/Field';
import { Problems, refused, warned } from '../../validation/report';

const FILES = ['serverCertificate', 'privateKey', 'caCertificates'];
const CREDENTIALS = ['tlsCertificates', 'credentialName', 'credentialNames'];
const PASSTHROUGH = ['PASSTHROUGH', 'AUTO_PASSTHROUGH'];
const MUTUAL = ['MUTUAL', 'OPTIONAL_MUTUAL'];

/** TLS of a server (istio/istio pkg/config/validation/validation.go: validateTLSOptions). */
export function* serverTls(tls: Field): Problems {
  if (!tls.exists) {
    return;
  }
  const mode = tls.get('mode').text || 'PASSTHROUGH';
  yield* cipherSuites(tls);
  if (mode === 'ISTIO_MUTUAL') {
    yield* meshCertificates(tls);
    return;
  }
  if (
    PASSTHROUGH.includes(mode) &&
    ['caCrl', ...FILES, ...CREDENTIALS].some(name => isSet(tls.get(name)))
  ) {
    yield warned(
      tls,
      `${mode} mode does not use certificates, they will be ignored`,
    );
  }
  yield* oneSource(tls);
  const fromSecret =
    isSet(tls.get('credentialName')) || isSet(tls.get('credentialNames'));
  const terminates = mode === 'SIMPLE' || MUTUAL.includes(mode);
  if (terminates && fromSecret) {
    return;
  }
  if (terminates) {
    yield* certificates(tls, mode);
  }
  yield* revocation(tls, mode);
}

function isSet(field: Field): boolean {
  return field.text !== '' || field.items.length > 0;
}

/** What the mesh's own certificates leave no place for, in istiod's words. */
const NOT_OF_MESH = [
  ['serverCertificate', 'server certificate'],
  ['privateKey', 'private key'],
  ['caCertificates', 'CA bundle'],
  ...CREDENTIALS.map(name => [name, name]),
];

function* meshCertificates(tls: Field): Problems {
  for (const [name, what] of NOT_OF_MESH) {
    if (isSet(tls.get(name))) {
      yield refused(
        tls.get(name),
        `ISTIO_MUTUAL TLS cannot have associated ${what}`,
      );
    }
  }
}

function* oneSource(tls: Field): Problems {
  const sources = CREDENTIALS.filter(name => isSet(tls.get(name))).length;
  const files =
    isSet(tls.get('serverCertificate')) && isSet(tls.get('privateKey'));
  if (sources + (files ? 1 : 0) > 1) {
    yield refused(
      tls,
      'only one of credential_name, credential_names, server_certificate/private_key, tls_certificates should be specified',
    );
  }
}

function* certificates(tls: Field, mode: string): Problems {
  const what = MUTUAL.includes(mode) ? 'MUTUAL TLS' : 'SIMPLE TLS';
  if (MUTUAL.includes(mode) && !isSet(tls.get('caCertificates'))) {
    yield refused(
      tls.get('caCertificates'),
      `${what} requires a client CA bundle`,
    );
  }
  const list = tls.get('tlsCertificates').items;
  if (list.length > 2) {
    yield warned(
      tls.get('tlsCertificates'),
      `${what} can support up to 2 server certificates`,
    );
  }
  for (const certificate of list.length > 0 ? list : [tls]) {
    if (!isSet(certificate.get('serverCertificate'))) {
      yield refused(
        certificate.get('serverCertificate'),
        `${what} requires a server certificate`,
      );
    }
    if (!isSet(certificate.get('privateKey'))) {
      yield refused(
        certificate.get('privateKey'),
        `${what} requires a private key`,
      );
    }
  }
}

function* revocation(tls: Field, mode: string): Problems {
  const crl = tls.get('caCrl');
  if (!isSet(crl)) {
    return;
  }
  if (isSet(tls.get('credentialName'))) {
    yield refused(
      crl,
      'CRL is not supported with credentialName. CRL has to be specified in the credential',
    );
  }
  if (mode === 'SIMPLE') {
    yield refused(crl, 'CRL is not supported with SIMPLE TLS');
  }
}
