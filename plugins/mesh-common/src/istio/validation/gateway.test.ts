import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a Gateway', () => {
  it.each<[string, string[]]>([
    [
      '{ servers: [] }',
      ['spec.servers: gateway must have at least one server'],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ a.com ] }, { port: { number: 80, name: http, protocol: HTTP }, hosts: [ a.com ] } ] }',
      [
        'spec.servers[1].port.name: port names in servers must be unique: duplicate name http',
      ],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [] } ] }',
      ['spec.servers[0].hosts: server config must contain at least one host'],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ a ] } ] }',
      ['spec.servers[0].hosts[0]: short names (non FQDN) are not allowed'],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ ~/a.com ] } ] }',
      ['spec.servers[0].hosts[0]: invalid namespace value "~" in gateway'],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ /a.com ] } ] }',
      [
        'spec.servers[0].hosts[0]: config namespace and dnsName in host entry cannot be empty',
        'spec.servers[0].hosts[0]: invalid namespace value "" in gateway',
      ],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ ns/ ] } ] }',
      [
        'spec.servers[0].hosts[0]: config namespace and dnsName in host entry cannot be empty',
        'spec.servers[0].hosts[0]: short names (non FQDN) are not allowed',
        'spec.servers[0].hosts[0]: empty domain name not allowed',
      ],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ "*x.com" ] } ] }',
      ['spec.servers[0].hosts[0]: partial wildcard "*x.com" not allowed'],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ a.*.com ] } ] }',
      [
        'spec.servers[0].hosts[0]: domain name "*.com" invalid (label "*" invalid)',
        'spec.servers[0].hosts[0]: partial wildcard "a.*.com" not allowed',
      ],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ a/b/c.com ] } ] }',
      [
        'spec.servers[0].hosts[0]: domain name "b/c.com" invalid (label "b/c" invalid)',
      ],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ "1.2" ] } ] }',
      [
        'spec.servers[0].hosts[0]: domain name "2" invalid (top level domain "2" cannot be all-numeric)',
      ],
    ],
    [
      '{ servers: [ { port: {}, hosts: [ a.com ] } ] }',
      [
        'spec.servers[0].port.protocol: invalid protocol "", supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP',
        'spec.servers[0].port.number: port number 0 must be in the range 1..65535',
        'spec.servers[0].port.name: port name must be set',
      ],
    ],
    [
      '{ servers: [ { port: { number: 0, name: a, protocol: HTTP }, hosts: [ a.com ] } ] }',
      [
        'spec.servers[0].port.number: port number 0 must be in the range 1..65535',
      ],
    ],
    [
      '{ servers: [ { port: { number: 80, protocol: HTTP }, hosts: [ a.com ] } ] }',
      ['spec.servers[0].port.name: port name must be set'],
    ],
    [
      '{ servers: [ { port: { number: 80, name: a }, hosts: [ a.com ] } ] }',
      [
        'spec.servers[0].port.protocol: invalid protocol "", supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP',
      ],
    ],
    [
      '{ servers: [ { port: { number: 80, name: a, protocol: TCP, targetPort: 8080 }, hosts: [ a.com ] } ] }',
      ['spec.servers[0].port.targetPort: targetPort has no impact on Gateways'],
    ],
    [
      '{ servers: [ { port: { number: 443, name: a, protocol: HTTPS }, hosts: [ a.com ] } ] }',
      [
        'spec.servers[0].tls: server must have TLS settings for HTTPS/TLS protocols',
      ],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ a.com ], bind: x } ] }',
      ['spec.servers[0].bind: x is not a valid IP'],
    ],
    [
      '{ servers: [ { port: { number: 0, name: a, protocol: HTTP }, hosts: [ a.com ], bind: x } ] }',
      [
        'spec.servers[0].port.number: port number 0 must be in the range 1..65535',
        'spec.servers[0].bind: x is not a valid IP',
      ],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ a.com ], bind: unix:///a } ] }',
      [
        'spec.servers[0].port.number: port number must be 0 for unix domain socket',
      ],
    ],
    [
      '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ a.com ], bind: unix://a } ] }',
      [
        'spec.servers[0].bind: a is not an absolute path to a file',
        'spec.servers[0].port.number: port number must be 0 for unix domain socket',
      ],
    ],
    [
      '{ servers: [ { port: { number: 0, name: a, protocol: HTTP }, hosts: [ a.com ], bind: unix://a } ] }',
      ['spec.servers[0].bind: a is not an absolute path to a file'],
    ],
  ])('%s', (spec, expected) => {
    expect(said('Gateway', spec)).toEqual(expected);
  });

  it.each([
    '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ a.com ] } ] }',
    '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ a.com ] }, { port: { number: 81, name: http2, protocol: HTTP }, hosts: [ a.com ] } ] }',
    '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ "*" ] } ] }',
    '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ ns/* ] } ] }',
    '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ ns/a.com ] } ] }',
    '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ ./a.com ] } ] }',
    '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ "*/a.com" ] } ] }',
    '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ 1.2.3.4 ] } ] }',
    '{ servers: [ { port: { number: 80, name: a_b, protocol: HTTP }, hosts: [ a.com ] } ] }',
    '{ servers: [ { port: { number: 80, name: a, protocol: http }, hosts: [ a.com ] } ] }',
    '{ servers: [ { port: { number: 80, name: a, protocol: UDP }, hosts: [ a.com ] } ] }',
    '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ a.com ], bind: 0.0.0.0 } ] }',
    '{ servers: [ { port: { number: 0, name: a, protocol: HTTP }, hosts: [ a.com ], bind: unix:///a } ] }',
    '{ servers: [ { port: { number: 0, name: a, protocol: HTTP }, hosts: [ a.com ], bind: unix://@a } ] }',
    '{ servers: [ { port: { number: 80, name: http, protocol: HTTP }, hosts: [ a.com ], bind: "::" } ] }',
  ])('nothing: %s', spec => {
    expect(said('Gateway', spec)).toEqual([]);
  });
});
