import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a Sidecar', () => {
  it.each<[string, string[]]>([
    ['{}', ['spec: sidecar: empty configuration provided']],
    [
      '{ outboundTrafficPolicy: { mode: REGISTRY_ONLY, egressProxy: { host: a } } }',
      [
        'spec.outboundTrafficPolicy.egressProxy: sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode',
      ],
    ],
    [
      '{ outboundTrafficPolicy: { mode: ALLOW_ANY, egressProxy: { host: a } } }',
      [
        'spec.outboundTrafficPolicy.egressProxy.port: sidecar: egress_proxy port must be non-nil',
      ],
    ],
    [
      '{ outboundTrafficPolicy: { mode: ALLOW_ANY, egressProxy: { host: "*.b", port: { number: 80 } } } }',
      [
        'spec.outboundTrafficPolicy.egressProxy.host: domain name "*.b" invalid (label "*" invalid)',
      ],
    ],
    [
      '{ inboundConnectionPool: {} }',
      [
        'spec.inboundConnectionPool: connection pool must have at least one field',
      ],
    ],
    [
      '{ inboundConnectionPool: { http: { http1MaxPendingRequests: -1 } } }',
      [
        'spec.inboundConnectionPool.http.http1MaxPendingRequests: http1 max pending requests must be non-negative',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('Sidecar', spec)).toEqual(expected);
  });

  it.each([
    '{ outboundTrafficPolicy: {} }',
    '{ outboundTrafficPolicy: { mode: ALLOW_ANY } }',
    '{ outboundTrafficPolicy: { mode: ALLOW_ANY, egressProxy: { host: a.b, port: { number: 80 } } } }',
  ])('nothing: %s', spec => {
    expect(said('Sidecar', spec)).toEqual([]);
  });
});
