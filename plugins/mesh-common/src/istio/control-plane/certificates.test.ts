import { clusterOf } from '../../__testUtils__/cluster';
import {
  EXPIRED_CERTIFICATE,
  LONG_CERTIFICATE,
} from '../../__testUtils__/certificates';
import { KindId } from '../../kubernetes/kinds';
import { certificatesOf } from './certificates';

function root(pem: string): string {
  return `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-ca-root-cert, namespace: istio-system, labels: { istio.io/config: 'true' } }
data:
  root-cert.pem: |
    ${pem.split('\n').join('\n    ')}
`;
}

function certificate(name: string, spec: string, status = ''): string {
  return `
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: ${name}, namespace: istio-system }
spec: { ${spec} }
status: { ${status} }
`;
}

const ISSUED = `notBefore: '2026-11-01T00:00:00Z', notAfter: '2026-12-01T00:00:00Z', renewalTime: '2026-11-21T00:00:00Z'`;

function read(yaml: string, forbidden: KindId[] = []) {
  return certificatesOf(
    { snapshot: clusterOf(yaml, { forbidden }), mesh: 'istio' },
    'istio-system',
  );
}

describe('the root', () => {
  it('is what istiod publishes', () => {
    expect(read(root(LONG_CERTIFICATE))[0]).toEqual({
      id: 'root',
      title: 'Root of the mesh',
      warnBelowDays: 30,
      notBefore: '2020-01-01T00:00:00.000Z',
      notAfter: '2120-01-01T00:00:00.000Z',
      validity: {
        value: 'known',
        reasons: [
          {
            rule: 'istio/control-plane/certificate',
            text: 'It is in ConfigMap istio-system/istio-ca-root-cert',
            object: {
              cluster: 'test',
              kind: 'ConfigMap',
              namespace: 'istio-system',
              name: 'istio-ca-root-cert',
            },
            field: 'data.root-cert.pem',
          },
        ],
      },
    });
  });

  it('may be several, as while it is rotated', () => {
    expect(
      read(root(`${EXPIRED_CERTIFICATE}\n${LONG_CERTIFICATE}`)),
    ).toMatchObject([
      { id: 'root-1', title: 'Root of the mesh 1 of 2' },
      { id: 'root-2', notAfter: '2120-01-01T00:00:00.000Z' },
      { id: 'issuer' },
    ]);
  });

  it.each<[string, string, KindId[], string]>([
    ['is not there', '', [], 'absent'],
    ['may not be read', root(LONG_CERTIFICATE), ['ConfigMap'], 'forbidden'],
    ['is none', root('nothing'), [], 'malformed'],
    [
      'cannot be read',
      root('-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----'),
      [],
      'malformed',
    ],
  ])('is unknown where it %s', (_, yaml, forbidden, cause) => {
    const [first] = read(yaml, forbidden);
    expect(first).toMatchObject({
      id: 'root',
      validity: { value: 'unknown', cause },
    });
    expect(first).not.toHaveProperty('notAfter');
  });
});

describe('the issuer', () => {
  it('is kept in a Secret, which is not read', () => {
    expect(read('')[1].validity).toEqual({
      value: 'unknown',
      cause: 'forbidden',
      reasons: [
        {
          rule: 'istio/control-plane/certificate',
          text: 'It is kept in Secret istio-system/cacerts or istio-ca-secret, and Secrets are never read of a cluster; no Certificate of cert-manager speaks of it',
        },
      ],
    });
  });

  it('is unknown for the reason that Certificates may not be read', () => {
    expect(read('', ['cert-manager.io/Certificate'])[1].validity).toMatchObject(
      {
        cause: 'forbidden',
        reasons: [{ text: expect.stringContaining('is forbidden') }],
      },
    );
  });

  it.each<[string, string, string]>([
    ['works', `{ type: Ready, status: 'True' }`, 'good'],
    [
      'fails',
      `{ type: Ready, status: 'False', message: issuer not found }`,
      'bad',
    ],
    ['is not told', '', 'unknown'],
  ])('is what cert-manager says, whose renewal %s', (_, condition, renewal) => {
    const [, issuer] = read(
      certificate(
        'istio-ca',
        'secretName: cacerts, isCA: true',
        `${ISSUED}, conditions: [${condition}]`,
      ) + certificate('other', 'secretName: web', ISSUED),
    );
    expect(issuer).toMatchObject({
      id: 'issuer',
      notBefore: '2026-11-01T00:00:00Z',
      notAfter: '2026-12-01T00:00:00Z',
      renewalTime: '2026-11-21T00:00:00Z',
      validity: {
        value: 'known',
        reasons: [
          {
            text: 'cert-manager keeps it by Certificate istio-system/istio-ca in Secret cacerts',
            field: 'status.notAfter',
          },
        ],
      },
      renewal: { value: renewal },
    });
  });

  it('is any authority in the namespace where cert-manager itself signs', () => {
    expect(
      read(
        certificate('signer', 'secretName: any, isCA: true', ISSUED) +
          certificate('istiod', 'secretName: istiod-tls', ISSUED),
      ).slice(1),
    ).toMatchObject([
      { id: 'issuer', validity: { reasons: [{ object: { name: 'signer' } }] } },
    ]);
  });

  it('is unknown until cert-manager has issued it', () => {
    expect(
      read(certificate('istio-ca', 'secretName: cacerts'))[1],
    ).toMatchObject({
      validity: { value: 'unknown', cause: 'absent' },
      renewal: { value: 'unknown' },
    });
  });
});
