import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of client tls in a DestinationRule', () => {
  it.each<[string, string[]]>([
    [
      '{ host: cart, trafficPolicy: { tls: { mode: MUTUAL } } }',
      [
        'spec.trafficPolicy.tls.clientCertificate: client certificate required for mutual tls',
        'spec.trafficPolicy.tls.privateKey: private key required for mutual tls',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { tls: { mode: MUTUAL, clientCertificate: a } } }',
      [
        'spec.trafficPolicy.tls.privateKey: private key required for mutual tls',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { tls: { mode: MUTUAL, credentialName: x, caCertificates: y } } }',
      [
        'spec.trafficPolicy.tls.caCertificates: cannot specify client certificates or CA certificate or CA CRL If credentialName is set',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { tls: { mode: SIMPLE, insecureSkipVerify: true, caCertificates: x } } }',
      [
        'spec.trafficPolicy.tls: cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is set true',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { tls: { mode: MUTUAL, insecureSkipVerify: true, caCertificates: x, clientCertificate: a, privateKey: b } } }',
      [
        'spec.trafficPolicy.tls: cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { tls: { mode: SIMPLE, credentialName: configmap://x } } }',
      [
        'spec.trafficPolicy.tls.credentialName: invalid configmap:// credentialName: it is configmap://namespace/name',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { tls: { mode: SIMPLE, credentialName: configmap://other/x } } }',
      [
        'spec.trafficPolicy.tls.credentialName: invalid configmap:// credentialName: namespace must match the configuration namespace "default"',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('DestinationRule', spec)).toEqual(expected);
  });

  it.each([
    '{ host: cart, trafficPolicy: { tls: {} } }',
    '{ host: cart, trafficPolicy: { tls: { mode: MUTUAL, clientCertificate: a, privateKey: b } } }',
    '{ host: cart, trafficPolicy: { tls: { mode: MUTUAL, credentialName: x } } }',
    '{ host: cart, trafficPolicy: { tls: { mode: SIMPLE } } }',
    '{ host: cart, trafficPolicy: { tls: { mode: ISTIO_MUTUAL, caCertificates: x } } }',
    '{ host: cart, trafficPolicy: { tls: { mode: SIMPLE, insecureSkipVerify: true, subjectAltNames: [] } } }',
    '{ host: cart, trafficPolicy: { tls: { mode: DISABLE, sni: x } } }',
    '{ host: cart, trafficPolicy: { tls: { mode: SIMPLE, credentialName: configmap://default/x } } }',
  ])('nothing: %s', spec => {
    expect(said('DestinationRule', spec)).toEqual([]);
  });
});
