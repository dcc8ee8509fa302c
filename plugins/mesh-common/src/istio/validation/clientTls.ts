import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';

/** What a client does for TLS (istio/istio pkg/config/validation/agent/validation.go: ValidateTLS). */
export function* clientTls(tls: Field, namespace: string): Problems {
  if (!tls.exists) {
    return;
  }
  const mode = tls.get('mode').text;
  const has = (name: string) => tls.get(name).text !== '';
  yield* configMapName(tls.get('credentialName'), namespace);
  if (tls.get('insecureSkipVerify').isTrue) {
    yield* unverified(tls, mode);
  }
  if ((mode === 'SIMPLE' || mode === 'MUTUAL') && has('credentialName')) {
    const files = [
      'clientCertificate',
      'caCertificates',
      'privateKey',
      'caCrl',
    ];
    for (const name of files.filter(has)) {
      yield refused(
        tls.get(name),
        'cannot specify client certificates or CA certificate or CA CRL If credentialName is set',
      );
    }
    return;
  }
  if (mode === 'MUTUAL') {
    if (!has('clientCertificate')) {
      yield refused(
        tls.get('clientCertificate'),
        'client certificate required for mutual tls',
      );
    }
    if (!has('privateKey')) {
      yield refused(
        tls.get('privateKey'),
        'private key required for mutual tls',
      );
    }
  }
}

function* unverified(tls: Field, mode: string): Problems {
  const text = (name: string) => tls.get(name).text !== '';
  const names = tls.get('subjectAltNames').isFilled;
  if (
    mode === 'SIMPLE' &&
    (text('caCertificates') || text('credentialName') || names)
  ) {
    yield refused(
      tls,
      'cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is set true',
    );
  }
  if (mode === 'MUTUAL' && (text('caCertificates') || names)) {
    yield refused(
      tls,
      'cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true',
    );
  }
}

const CONFIG_MAP = 'configmap://';

function* configMapName(name: Field, namespace: string): Problems {
  if (!name.text.startsWith(CONFIG_MAP)) {
    return;
  }
  const parts = name.text.slice(CONFIG_MAP.length).split('/');
  if (parts.length !== 2 || parts.includes('')) {
    yield refused(
      name,
      'invalid configmap:// credentialName: it is configmap://namespace/name',
    );
  } else if (parts[0] !== namespace) {
    yield refused(
      name,
      `invalid configmap:// credentialName: namespace must match the configuration namespace "${namespace}"`,
    );
  }
}
