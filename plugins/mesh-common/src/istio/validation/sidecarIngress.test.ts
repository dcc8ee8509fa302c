import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of sidecar ingress in a Sidecar', () => {
  it.each<[string, string[]]>([
    [
      '{ ingress: [ { port: {}, defaultEndpoint: 127.0.0.1:80 } ] }',
      [
        'spec.ingress[0].port.number: port number 0 must be in the range 1..65535',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 80, targetPort: 8 }, defaultEndpoint: 127.0.0.1:80 } ] }',
      ['spec.ingress[0].port.targetPort: targetPort has no impact on Sidecars'],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: X }, defaultEndpoint: 127.0.0.1:80 } ] }',
      ['spec.ingress[0].port.protocol: unsupported protocol: X'],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:80, bind: x } ] }',
      ['spec.ingress[0].bind: x is not a valid IP'],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:80, bind: unix:///a } ] }',
      ['spec.ingress[0].bind: unix:///a is not a valid IP'],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: x } ] }',
      [
        'spec.ingress[0].defaultEndpoint: sidecar: defaultEndpoint must be of form 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,unix://filepath or unset',
        'spec.ingress[0].defaultEndpoint: sidecar: defaultEndpoint port () is not a number: address x: missing port in address',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:0 } ] }',
      [
        'spec.ingress[0].defaultEndpoint: port number 0 must be in the range 1..65535',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:x } ] }',
      [
        'spec.ingress[0].defaultEndpoint: sidecar: defaultEndpoint port (x) is not a number',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: unix://a } ] }',
      ['spec.ingress[0].defaultEndpoint: a is not an absolute path to a file'],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:80, tls: {} } ] }',
      [
        'spec.ingress[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:80, tls: { mode: ISTIO_MUTUAL } } ] }',
      [
        'spec.ingress[0].tls.mode: configuration is invalid: cannot set mode to ISTIO_MUTUAL in sidecar ingress tls',
        'spec.ingress[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 443, protocol: HTTPS }, defaultEndpoint: 127.0.0.1:80, tls: { mode: ISTIO_MUTUAL } } ] }',
      [
        'spec.ingress[0].tls.mode: configuration is invalid: cannot set mode to ISTIO_MUTUAL in sidecar ingress tls',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:80, tls: { mode: AUTO_PASSTHROUGH } } ] }',
      [
        'spec.ingress[0].tls.mode: configuration is invalid: cannot set mode to AUTO_PASSTHROUGH in sidecar ingress tls',
        'spec.ingress[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 443, protocol: HTTPS }, defaultEndpoint: 127.0.0.1:80, tls: { mode: AUTO_PASSTHROUGH } } ] }',
      [
        'spec.ingress[0].tls.mode: configuration is invalid: cannot set mode to AUTO_PASSTHROUGH in sidecar ingress tls',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:80, tls: { mode: SIMPLE, credentialName: x } } ] }',
      [
        'spec.ingress[0].tls.credentialName: sidecar: credentialName is not currently supported',
        'spec.ingress[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 443, protocol: HTTPS }, defaultEndpoint: 127.0.0.1:80, tls: { mode: SIMPLE, credentialName: x } } ] }',
      [
        'spec.ingress[0].tls.credentialName: sidecar: credentialName is not currently supported',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:80, tls: { httpsRedirect: true } } ] }',
      [
        'spec.ingress[0].tls.httpsRedirect: sidecar: httpsRedirect is not supported',
        'spec.ingress[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 443, protocol: HTTPS }, defaultEndpoint: 127.0.0.1:80, tls: { httpsRedirect: true } } ] }',
      [
        'spec.ingress[0].tls.httpsRedirect: sidecar: httpsRedirect is not supported',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:80, tls: { mode: SIMPLE, serverCertificate: a, privateKey: b, subjectAltNames: [ x ] } } ] }',
      [
        'spec.ingress[0].tls.subjectAltNames: sidecar: subjectAltNames is not supported in ingress tls',
        'spec.ingress[0].tls: server cannot have TLS settings for non HTTPS/TLS ports',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 443, protocol: HTTPS }, defaultEndpoint: 127.0.0.1:80, tls: { mode: SIMPLE, serverCertificate: a, privateKey: b, subjectAltNames: [ x ] } } ] }',
      [
        'spec.ingress[0].tls.subjectAltNames: sidecar: subjectAltNames is not supported in ingress tls',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:80, connectionPool: {} } ] }',
      [
        'spec.ingress[0].connectionPool: connection pool must have at least one field',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 80, protocol: TCP }, defaultEndpoint: 127.0.0.1:80, connectionPool: { http: { maxRetries: 1 } } } ] }',
      [
        'warning spec.ingress[0].connectionPool.http: sidecar: HTTP connection pool settings are configured for port 80 but its protocol is not HTTP; only TCP settings will apply',
      ],
    ],
    [
      '{ ingress: [ { port: { number: 80 } }, { port: { number: 80 } } ] }',
      [
        'spec.ingress[1].port.number: sidecar: ports on IP bound listeners must be unique',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('Sidecar', spec)).toEqual(expected);
  });

  it.each([
    '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:80 } ] }',
    '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:80, bind: 0.0.0.0 } ] }',
    '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: "" } ] }',
    '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 0.0.0.0:80 } ] }',
    '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: "[::1]:80" } ] }',
    '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: "[::]:80" } ] }',
    '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: :80 } ] }',
    '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: unix:///a } ] }',
    '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: unix://@a } ] }',
    '{ ingress: [ { port: { number: 443, protocol: HTTPS }, defaultEndpoint: 127.0.0.1:80, tls: {} } ] }',
    '{ ingress: [ { port: { number: 443, protocol: HTTPS }, defaultEndpoint: 127.0.0.1:80, tls: { mode: SIMPLE, serverCertificate: a, privateKey: b } } ] }',
    '{ ingress: [ { port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: 127.0.0.1:80, connectionPool: { http: { maxRetries: 1 } } } ] }',
  ])('nothing: %s', spec => {
    expect(said('Sidecar', spec)).toEqual([]);
  });
});
