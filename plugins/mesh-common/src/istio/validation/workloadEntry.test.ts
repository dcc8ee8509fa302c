import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a WorkloadEntry', () => {
  it.each<[string, string[]]>([
    ['{}', ['spec.address: Address is required']],
    // A label may be longer than Kubernetes allows.
    [`{ address: 1.2.3.4, labels: { a: ${'v'.repeat(64)} } }`, []],
    [
      '{ address: 1.2.3.4, labels: { a: v- } }',
      ['spec.labels.a: invalid tag value: "v-"'],
    ],
    [
      '{ network: n }',
      ['warning spec.address: address is unset with network "n"'],
    ],
    [
      '{ address: a_b }',
      [
        'spec.address: endpoint address "a_b" is not a valid FQDN or an IP address',
      ],
    ],
    [
      '{ address: unix://a }',
      ['spec.address: a is not an absolute path to a file'],
    ],
    [
      '{ address: unix:///a/ }',
      ['spec.address: /a/ is not an absolute path to a file'],
    ],
    ['{ address: unix:// }', ['spec.address: unix address must not be empty']],
    [
      '{ address: unix:///a, ports: { a: 1 } }',
      ['spec.ports: unix endpoint unix:///a must not include ports'],
    ],
    [
      '{ address: 1.2.3.4, ports: { a: 0 } }',
      ['spec.ports.a: port number 0 must be in the range 1..65535'],
    ],
    [
      '{ address: 1.2.3.4, ports: { A_: 80 } }',
      ['spec.ports.A_: invalid port name: A_'],
    ],
    [
      '{ address: 1.2.3.4, ports: { "": 80 } }',
      ['spec.ports.: invalid port name: '],
    ],
    [
      '{ address: 1.2.3.4, labels: { a b: c } }',
      ['spec.labels.a b: invalid tag key: "a b"'],
    ],
    [
      '{ address: 1.2.3.4, labels: { a: "-" } }',
      ['spec.labels.a: invalid tag value: "-"'],
    ],
  ])('%s', (spec, expected) => {
    expect(said('WorkloadEntry', spec)).toEqual(expected);
  });

  it.each([
    '{ address: 1.2.3.4 }',
    '{ address: a.b }',
    '{ address: unix:///a }',
    '{ address: unix://@a }',
    '{ address: ::1 }',
  ])('nothing: %s', spec => {
    expect(said('WorkloadEntry', spec)).toEqual([]);
  });
});
