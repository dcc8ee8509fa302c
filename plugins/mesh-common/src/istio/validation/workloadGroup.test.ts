import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a WorkloadGroup', () => {
  it.each<[string, string[]]>([
    [
      '{ template: { serviceAccount: sa }, probe: {} }',
      [
        'spec.probe: unknown health check method <nil>: one of httpGet, tcpSocket, exec is needed',
      ],
    ],
    [
      '{ template: { serviceAccount: sa }, probe: { httpGet: {} } }',
      ['spec.probe.httpGet.port: port number 0 must be in the range 1..65535'],
    ],
    [
      '{ template: { serviceAccount: sa }, probe: { httpGet: { port: 80, scheme: FTP } } }',
      [
        'spec.probe.httpGet.scheme: httpGet.scheme must be one of "HTTPS", "HTTP"',
      ],
    ],
    [
      '{ template: { serviceAccount: sa }, probe: { httpGet: { port: 80, httpHeaders: [ { name: a b } ] } } }',
      [
        'spec.probe.httpGet.httpHeaders[0].name: header name a b is not a valid header name',
      ],
    ],
    [
      '{ template: { serviceAccount: sa }, probe: { httpGet: { port: 80, httpHeaders: [ {} ] } } }',
      ['spec.probe.httpGet.httpHeaders[0].name: header name cannot be empty'],
    ],
    [
      '{ template: { serviceAccount: sa }, probe: { tcpSocket: {} } }',
      [
        'spec.probe.tcpSocket.port: port number 0 must be in the range 1..65535',
      ],
    ],
    [
      '{ template: { serviceAccount: sa }, probe: { exec: {} } }',
      ['spec.probe.exec.command: exec.command is required'],
    ],
    [
      '{ template: { serviceAccount: sa }, probe: { periodSeconds: -1, tcpSocket: { port: 1 } } }',
      ['spec.probe.periodSeconds: periodSeconds must be non-negative'],
    ],
    [
      '{ template: { serviceAccount: sa }, metadata: { labels: { a b: c } } }',
      ['spec.metadata.labels.a b: invalid labels: invalid tag key: "a b"'],
    ],
    ['{}', ['spec.template: template is required']],
  ])('%s', (spec, expected) => {
    expect(said('WorkloadGroup', spec)).toEqual(expected);
  });

  it.each([
    '{ template: {} }',
    '{ template: { network: n } }',
    '{ template: { address: 1.2.3.4 } }',
    '{ template: { address: a.b } }',
    '{ template: { address: a_b } }',
    '{ template: { address: unix:///a } }',
    '{ template: { address: unix://@a } }',
    '{ template: { address: 1.2.3.4, labels: { a b: c } } }',
    '{ template: { address: 1.2.3.4, labels: { a: "-" } } }',
    '{ template: { address: "*.b" } }',
    '{ template: { address: ::1 } }',
    '{ template: { address: 1.2.3 } }',
    '{ template: { address: "", network: n } }',
    '{ template: { address: "" } }',
    '{ template: { serviceAccount: sa }, probe: { httpGet: { port: 80 } } }',
    '{ template: { serviceAccount: sa }, probe: { exec: { command: [ a ] } } }',
    '{ template: { serviceAccount: sa }, metadata: { labels: { a: c } } }',
  ])('nothing: %s', spec => {
    expect(said('WorkloadGroup', spec)).toEqual([]);
  });
});
