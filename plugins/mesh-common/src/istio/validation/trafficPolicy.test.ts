import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of traffic policy in a DestinationRule', () => {
  it.each<[string, string[]]>([
    [
      '{ host: cart, trafficPolicy: {} }',
      ['spec.trafficPolicy: traffic policy must have at least one field'],
    ],
    [
      '{ host: cart, subsets: [ { name: a, trafficPolicy: {} } ] }',
      [
        'spec.subsets[0].trafficPolicy: traffic policy must have at least one field',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { portLevelSettings: [ {} ] } }',
      [
        'spec.trafficPolicy.portLevelSettings[0].port: portTrafficPolicy must have valid port',
        'spec.trafficPolicy.portLevelSettings[0]: port traffic policy must have at least one field',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { portLevelSettings: [ { port: { number: 80 } } ] } }',
      [
        'spec.trafficPolicy.portLevelSettings[0]: port traffic policy must have at least one field',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { portLevelSettings: [ { tls: { mode: DISABLE } } ] } }',
      [
        'spec.trafficPolicy.portLevelSettings[0].port: portTrafficPolicy must have valid port',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { portLevelSettings: [ { port: { number: 80 }, connectionPool: {} } ] } }',
      [
        'spec.trafficPolicy.portLevelSettings[0].connectionPool: connection pool must have at least one field',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { tunnel: { targetHost: "", targetPort: 80 } } }',
      [
        'spec.trafficPolicy.tunnel.targetHost: tunnel target host must be valid FQDN or IP address',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { tunnel: { targetHost: a, targetPort: 0 } } }',
      [
        'spec.trafficPolicy.tunnel.targetPort: port number 0 must be in the range 1..65535',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { tunnel: { targetHost: 1.2.3.4, targetPort: 80, protocol: X } } }',
      [
        'spec.trafficPolicy.tunnel.protocol: tunnel protocol must be "CONNECT" or "POST"',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { retryBudget: { budgetInterval: soon } } }',
      [
        'spec.trafficPolicy.retryBudget.budgetInterval: "soon" is not a duration such as 1h30m, 5s or 100ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { retryBudget: { budgetInterval: "" } } }',
      [
        'spec.trafficPolicy.retryBudget.budgetInterval: "" is not a duration such as 1h30m, 5s or 100ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { retryBudget: { budgetInterval: +1s } } }',
      [],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { tcp: { idleTimeout: 2562048h } } } }',
      [
        'spec.trafficPolicy.connectionPool.tcp.idleTimeout: "2562048h" is not a duration such as 1h30m, 5s or 100ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { tunnel: { targetHost: a, targetPort: 80 }, proxyProtocol: { version: V1 } } }',
      ['spec.trafficPolicy: tunnel and proxyProtocol must not be set together'],
    ],
  ])('%s', (spec, expected) => {
    expect(said('DestinationRule', spec)).toEqual(expected);
  });

  it.each([
    '{ host: cart, trafficPolicy: { portLevelSettings: [ { port: { number: 0 }, tls: { mode: DISABLE } } ] } }',
    '{ host: cart, trafficPolicy: { portLevelSettings: [ { port: { number: 80 }, tls: { mode: DISABLE } } ] } }',
    '{ host: cart, trafficPolicy: { portLevelSettings: [ { port: { number: 70000 }, tls: { mode: DISABLE } } ] } }',
    '{ host: cart, trafficPolicy: { portLevelSettings: [ { port: {}, tls: { mode: DISABLE } } ] } }',
    '{ host: cart, trafficPolicy: { tunnel: { targetHost: a.b, targetPort: 80 } } }',
    '{ host: cart, trafficPolicy: { proxyProtocol: {} } }',
    '{ host: cart, trafficPolicy: { retryBudget: {} } }',
  ])('nothing: %s', spec => {
    expect(said('DestinationRule', spec)).toEqual([]);
  });
});
