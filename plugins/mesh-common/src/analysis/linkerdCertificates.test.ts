import {
  EXPIRED_CERTIFICATE,
  LONG_CERTIFICATE,
  P256_CERTIFICATE,
  P384_CERTIFICATE,
} from '../__testUtils__/certificates';
import {
  clusterOf,
  CONTROL_PLANE,
  document,
} from '../linkerd/__testUtils__/cluster';
import { Analyzer } from './Analyzer';
import { LINKERD_CHECKS } from './linkerdChecks';

const NOW = new Date('2026-11-26T12:00:00Z');

const OF_CERTIFICATES = /^MESH-L060[2345]/;

/** What the checks of certificates find on a cluster, as `CODE level Kind name field: message`. */
function findings(yaml: string): string[] {
  return Analyzer.create(LINKERD_CHECKS, [], () => NOW)
    .analyze(clusterOf(CONTROL_PLANE + yaml))
    .findings.filter(({ code }) => OF_CERTIFICATES.test(code))
    .map(
      ({ code, level, object, field, message }) =>
        `${code} ${level} ${object.kind.split('/').at(-1)} ${
          object.name
        } ${field}: ${message}`,
    );
}

const roots = (pem: string) =>
  document({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'linkerd-identity-trust-roots',
      namespace: 'linkerd',
      labels: { 'linkerd.io/control-plane-ns': 'linkerd' },
    },
    data: { 'ca-bundle.crt': pem },
  });

const issuer = (status: object, namespace = 'linkerd') =>
  document({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'issuer', namespace },
    spec: { secretName: 'linkerd-identity-issuer', isCA: true },
    status,
  });

const injector = (caBundle: string) =>
  document({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'linkerd-proxy-injector-webhook-config' },
    webhooks: [
      {
        name: 'linkerd-proxy-injector.linkerd.io',
        clientConfig: {
          service: { name: 'linkerd-proxy-injector', namespace: 'linkerd' },
          caBundle: Buffer.from(caBundle).toString('base64'),
        },
      },
    ],
  });

const injectorService = document({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'linkerd-proxy-injector', namespace: 'linkerd' },
  spec: { ports: [{ port: 443 }] },
});

const ready = (status: string, message?: string) => ({
  conditions: [{ type: 'Ready', status, ...(message && { message }) }],
});

describe('certificates of the control plane', () => {
  it.each<[string, string, RegExp[]]>([
    ['trust anchors that are good', roots(LONG_CERTIFICATE), []],
    [
      'one that has ended beside one that has not',
      roots(`${EXPIRED_CERTIFICATE}\n${LONG_CERTIFICATE}`),
      [
        /^MESH-L0602 error ConfigMap linkerd-identity-trust-roots data\.ca-bundle\.crt: Trust anchor 1 of 2 in ConfigMap linkerd\/linkerd-identity-trust-roots ended on 2021-01-01/,
      ],
    ],
    [
      'text between them',
      roots(`${LONG_CERTIFICATE}\nnew one:\n${LONG_CERTIFICATE}`),
      [/^MESH-L0603 warning .* line 9 is neither a certificate/],
    ],
    [
      'text after them',
      roots(`${LONG_CERTIFICATE}\n# end`),
      [/^MESH-L0603 error .* line 9, after the last certificate/],
    ],
    [
      'a key before them',
      roots(
        `-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n${LONG_CERTIFICATE}`,
      ),
      [
        /^MESH-L0603 error .* line 1 begins a EC PRIVATE KEY.* what follows it is not read.*make new anchors/,
      ],
    ],
    [
      'a key of another curve',
      roots(`${P256_CERTIFICATE}\n${P384_CERTIFICATE}`),
      [/^MESH-L0603 error .* certificate 2 has a key that is neither/],
    ],
    [
      'no certificate',
      roots('MIIB'),
      [/^MESH-L0603 error .* there is no certificate/],
    ],
    [
      'an issuer that is renewed in time',
      issuer({
        ...ready('True'),
        notAfter: '2026-11-28T00:00:00Z',
        renewalTime: '2026-11-27T00:00:00Z',
      }),
      [],
    ],
    [
      'an issuer whose renewal is overdue',
      issuer({
        ...ready('True'),
        notAfter: '2026-11-28T00:00:00Z',
        renewalTime: '2026-11-26T00:00:00Z',
      }),
      [
        /^MESH-L0604 warning Certificate issuer status\.notAfter: The issuer of Certificate linkerd\/issuer should have been renewed/,
      ],
    ],
    [
      'an issuer that has ended and is not renewed',
      issuer({
        ...ready('False', 'the CA is gone'),
        notAfter: '2026-11-01T00:00:00Z',
        renewalTime: '2026-10-01T00:00:00Z',
      }),
      [
        /^MESH-L0604 error .* ended on 2026-11-01/,
        /^MESH-L0604 warning Certificate issuer status\.conditions\[0\]: .* the CA is gone/,
      ],
    ],
    [
      'a Certificate of another namespace',
      issuer({ notAfter: '2020-01-01T00:00:00Z' }, 'shop'),
      [],
    ],
    ['a webhook that works', injectorService + injector(LONG_CERTIFICATE), []],
    [
      'a webhook whose authority has ended',
      injectorService + injector(EXPIRED_CERTIFICATE),
      [
        /^MESH-L0605 error MutatingWebhookConfiguration linkerd-proxy-injector-webhook-config webhooks\[0\]\.clientConfig\.caBundle: .*ended on 2021-01-01/,
      ],
    ],
    [
      'a webhook whose Service is gone',
      injector(LONG_CERTIFICATE),
      [/^MESH-L0605 error .*linkerd-proxy-injector, which does not exist/],
    ],
  ])('%s', (_, yaml, expected) => {
    expect(findings(yaml)).toEqual(
      expected.map(pattern => expect.stringMatching(pattern)),
    );
  });

  it('end by the clock, without anything else being changed', () => {
    let now = new Date('2119-11-01T00:00:00Z');
    const snapshot = clusterOf(CONTROL_PLANE + roots(LONG_CERTIFICATE));
    const analyzer = Analyzer.create(LINKERD_CHECKS, [], () => now);
    const levels = () =>
      analyzer
        .analyze(snapshot)
        .findings.filter(({ code }) => code === 'MESH-L0602')
        .map(({ level }) => level);
    expect(levels()).toEqual([]);
    now = new Date('2119-11-20T00:00:00Z');
    expect(levels()).toEqual(['warning']);
    const before = analyzer.analyze(snapshot);
    now = new Date('2119-11-20T00:30:00Z');
    expect(analyzer.analyze(snapshot)).toBe(before);
    now = new Date('2120-01-01T00:00:00Z');
    expect(levels()).toEqual(['error']);
  });

  it('do not end where nobody has a clock', () => {
    const analyzer = Analyzer.create(LINKERD_CHECKS);
    const { findings: found } = analyzer.analyze(
      clusterOf(CONTROL_PLANE + roots(EXPIRED_CERTIFICATE)),
    );
    expect(found.filter(({ code }) => OF_CERTIFICATES.test(code))).toEqual([]);
  });
});
