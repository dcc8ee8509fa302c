import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of server tls in a Gateway', () => {
  it.each<[string, string[]]>([
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: {} } ] }',
      [
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { httpsRedirect: true } } ] }',
      [
        'warning spec.servers[0].tls.httpsRedirect: tls.httpsRedirect should only be used with http servers',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { httpsRedirect: true } } ] }',
      [
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
        'warning spec.servers[0].tls.httpsRedirect: tls.httpsRedirect should only be used with http servers',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: SIMPLE } } ] }',
      [
        'spec.servers[0].tls.serverCertificate: SIMPLE TLS requires a server certificate',
        'spec.servers[0].tls.privateKey: SIMPLE TLS requires a private key',
        'spec.servers[0].tls: server cannot have TLS settings for plain text HTTP ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE } } ] }',
      [
        'spec.servers[0].tls.serverCertificate: SIMPLE TLS requires a server certificate',
        'spec.servers[0].tls.privateKey: SIMPLE TLS requires a private key',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { mode: SIMPLE } } ] }',
      [
        'spec.servers[0].tls.serverCertificate: SIMPLE TLS requires a server certificate',
        'spec.servers[0].tls.privateKey: SIMPLE TLS requires a private key',
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x } } ] }',
      [
        'spec.servers[0].tls: server cannot have TLS settings for plain text HTTP ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: SIMPLE, serverCertificate: a } } ] }',
      [
        'spec.servers[0].tls.privateKey: SIMPLE TLS requires a private key',
        'spec.servers[0].tls: server cannot have TLS settings for plain text HTTP ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, serverCertificate: a } } ] }',
      ['spec.servers[0].tls.privateKey: SIMPLE TLS requires a private key'],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { mode: SIMPLE, serverCertificate: a } } ] }',
      [
        'spec.servers[0].tls.privateKey: SIMPLE TLS requires a private key',
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: MUTUAL, serverCertificate: a, privateKey: b } } ] }',
      [
        'spec.servers[0].tls.caCertificates: MUTUAL TLS requires a client CA bundle',
        'spec.servers[0].tls: server cannot have TLS settings for plain text HTTP ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: MUTUAL, serverCertificate: a, privateKey: b } } ] }',
      [
        'spec.servers[0].tls.caCertificates: MUTUAL TLS requires a client CA bundle',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { mode: MUTUAL, serverCertificate: a, privateKey: b } } ] }',
      [
        'spec.servers[0].tls.caCertificates: MUTUAL TLS requires a client CA bundle',
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: ISTIO_MUTUAL, credentialName: x } } ] }',
      [
        'spec.servers[0].tls.credentialName: ISTIO_MUTUAL TLS cannot have associated credentialName',
        'spec.servers[0].tls: server cannot have TLS settings for plain text HTTP ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: ISTIO_MUTUAL, credentialName: x } } ] }',
      [
        'spec.servers[0].tls.credentialName: ISTIO_MUTUAL TLS cannot have associated credentialName',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { mode: ISTIO_MUTUAL, credentialName: x } } ] }',
      [
        'spec.servers[0].tls.credentialName: ISTIO_MUTUAL TLS cannot have associated credentialName',
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: PASSTHROUGH, credentialName: x } } ] }',
      [
        'warning spec.servers[0].tls: PASSTHROUGH mode does not use certificates, they will be ignored',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { mode: PASSTHROUGH, credentialName: x } } ] }',
      [
        'warning spec.servers[0].tls: PASSTHROUGH mode does not use certificates, they will be ignored',
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, serverCertificate: a, privateKey: b } } ] }',
      [
        'spec.servers[0].tls: only one of credential_name, credential_names, server_certificate/private_key, tls_certificates should be specified',
        'spec.servers[0].tls: server cannot have TLS settings for plain text HTTP ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, serverCertificate: a, privateKey: b } } ] }',
      [
        'spec.servers[0].tls: only one of credential_name, credential_names, server_certificate/private_key, tls_certificates should be specified',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, serverCertificate: a, privateKey: b } } ] }',
      [
        'spec.servers[0].tls: only one of credential_name, credential_names, server_certificate/private_key, tls_certificates should be specified',
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, cipherSuites: [ foo ] } } ] }',
      [
        'warning spec.servers[0].tls.cipherSuites[0]: ignoring invalid cipher suites: [foo]',
        'spec.servers[0].tls: server cannot have TLS settings for plain text HTTP ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, cipherSuites: [ foo ] } } ] }',
      [
        'warning spec.servers[0].tls.cipherSuites[0]: ignoring invalid cipher suites: [foo]',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, cipherSuites: [ foo ] } } ] }',
      [
        'warning spec.servers[0].tls.cipherSuites[0]: ignoring invalid cipher suites: [foo]',
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, cipherSuites: [ AES128-SHA, AES128-SHA ] } } ] }',
      [
        'warning spec.servers[0].tls.cipherSuites[1]: ignoring duplicate cipher suites: [AES128-SHA]',
        'spec.servers[0].tls: server cannot have TLS settings for plain text HTTP ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, cipherSuites: [ AES128-SHA, AES128-SHA ] } } ] }',
      [
        'warning spec.servers[0].tls.cipherSuites[1]: ignoring duplicate cipher suites: [AES128-SHA]',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, cipherSuites: [ AES128-SHA, AES128-SHA ] } } ] }',
      [
        'warning spec.servers[0].tls.cipherSuites[1]: ignoring duplicate cipher suites: [AES128-SHA]',
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, minProtocolVersion: TLSV1_0 } } ] }',
      [
        'warning spec.servers[0].tls.minProtocolVersion: TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer include compatible ciphers.',
        'spec.servers[0].tls: server cannot have TLS settings for plain text HTTP ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, minProtocolVersion: TLSV1_0 } } ] }',
      [
        'warning spec.servers[0].tls.minProtocolVersion: TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer include compatible ciphers.',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, minProtocolVersion: TLSV1_0 } } ] }',
      [
        'warning spec.servers[0].tls.minProtocolVersion: TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer include compatible ciphers.',
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: SIMPLE, serverCertificate: a, privateKey: b, caCrl: y } } ] }',
      [
        'spec.servers[0].tls.caCrl: CRL is not supported with SIMPLE TLS',
        'spec.servers[0].tls: server cannot have TLS settings for plain text HTTP ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, serverCertificate: a, privateKey: b, caCrl: y } } ] }',
      ['spec.servers[0].tls.caCrl: CRL is not supported with SIMPLE TLS'],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { mode: SIMPLE, serverCertificate: a, privateKey: b, caCrl: y } } ] }',
      [
        'spec.servers[0].tls.caCrl: CRL is not supported with SIMPLE TLS',
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: SIMPLE, tlsCertificates: [ { serverCertificate: a } ] } } ] }',
      [
        'spec.servers[0].tls.tlsCertificates[0].privateKey: SIMPLE TLS requires a private key',
        'spec.servers[0].tls: server cannot have TLS settings for plain text HTTP ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, tlsCertificates: [ { serverCertificate: a } ] } } ] }',
      [
        'spec.servers[0].tls.tlsCertificates[0].privateKey: SIMPLE TLS requires a private key',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { mode: SIMPLE, tlsCertificates: [ { serverCertificate: a } ] } } ] }',
      [
        'spec.servers[0].tls.tlsCertificates[0].privateKey: SIMPLE TLS requires a private key',
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: SIMPLE, tlsCertificates: [ {} ] } } ] }',
      [
        'spec.servers[0].tls.tlsCertificates[0].serverCertificate: SIMPLE TLS requires a server certificate',
        'spec.servers[0].tls.tlsCertificates[0].privateKey: SIMPLE TLS requires a private key',
        'spec.servers[0].tls: server cannot have TLS settings for plain text HTTP ports',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, tlsCertificates: [ {} ] } } ] }',
      [
        'spec.servers[0].tls.tlsCertificates[0].serverCertificate: SIMPLE TLS requires a server certificate',
        'spec.servers[0].tls.tlsCertificates[0].privateKey: SIMPLE TLS requires a private key',
      ],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: TCP }, hosts: [ a.com ], tls: { mode: SIMPLE, tlsCertificates: [ {} ] } } ] }',
      [
        'spec.servers[0].tls.tlsCertificates[0].serverCertificate: SIMPLE TLS requires a server certificate',
        'spec.servers[0].tls.tlsCertificates[0].privateKey: SIMPLE TLS requires a private key',
        'spec.servers[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('Gateway', spec)).toEqual(expected);
  });

  it.each([
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: {} } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: TLS }, hosts: [ a.com ], tls: {} } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x } } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, serverCertificate: a, privateKey: b } } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: MUTUAL, serverCertificate: a, privateKey: b, caCertificates: c } } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: OPTIONAL_MUTUAL, credentialName: x } } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: ISTIO_MUTUAL } } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTP }, hosts: [ a.com ], tls: { mode: PASSTHROUGH } } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: TLS }, hosts: [ a.com ], tls: { mode: PASSTHROUGH } } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: AUTO_PASSTHROUGH } } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, minProtocolVersion: TLSV1_3, maxProtocolVersion: TLSV1_2 } } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialName: x, caCrl: y } } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: MUTUAL, serverCertificate: a, privateKey: b, caCertificates: c, caCrl: y } } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, tlsCertificates: [ { serverCertificate: a, privateKey: b } ] } } ] }',
    '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ], tls: { mode: SIMPLE, credentialNames: [ a, b ] } } ] }',
  ])('nothing: %s', spec => {
    expect(said('Gateway', spec)).toEqual([]);
  });
});
