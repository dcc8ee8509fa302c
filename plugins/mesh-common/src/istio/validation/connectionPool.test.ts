import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of connection pool in a DestinationRule', () => {
  it.each<[string, string[]]>([
    [
      '{ host: cart, trafficPolicy: { connectionPool: {} } }',
      [
        'spec.trafficPolicy.connectionPool: connection pool must have at least one field',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { tcp: { maxConnections: -1 } } } }',
      [
        'spec.trafficPolicy.connectionPool.tcp.maxConnections: max connections must be non-negative',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { tcp: { connectTimeout: 0s } } } }',
      [
        'spec.trafficPolicy.connectionPool.tcp.connectTimeout: duration must be greater than 1ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { tcp: { connectTimeout: x } } } }',
      [
        'spec.trafficPolicy.connectionPool.tcp.connectTimeout: "x" is not a duration such as 1h30m, 5s or 100ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { tcp: { idleTimeout: -1s } } } }',
      [
        'spec.trafficPolicy.connectionPool.tcp.idleTimeout: duration must be greater than 1ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { tcp: { maxConnectionDuration: 1us } } } }',
      [
        'spec.trafficPolicy.connectionPool.tcp.maxConnectionDuration: duration must be greater than 1ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { tcp: { tcpKeepalive: { time: 0s } } } } }',
      [
        'spec.trafficPolicy.connectionPool.tcp.tcpKeepalive.time: duration must be greater than 1ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: -1 } } } }',
      [
        'spec.trafficPolicy.connectionPool.http.http1MaxPendingRequests: http1 max pending requests must be non-negative',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { http: { http2MaxRequests: -1 } } } }',
      [
        'spec.trafficPolicy.connectionPool.http.http2MaxRequests: http2 max requests must be non-negative',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { http: { maxRequestsPerConnection: -1 } } } }',
      [
        'spec.trafficPolicy.connectionPool.http.maxRequestsPerConnection: max requests per connection must be non-negative',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { http: { maxRetries: -1 } } } }',
      [
        'spec.trafficPolicy.connectionPool.http.maxRetries: max retries must be non-negative',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { http: { maxConcurrentStreams: -1 } } } }',
      [
        'spec.trafficPolicy.connectionPool.http.maxConcurrentStreams: max concurrent streams must be non-negative',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { http: { idleTimeout: 0s } } } }',
      [
        'spec.trafficPolicy.connectionPool.http.idleTimeout: duration must be greater than 1ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { http: { h2UpgradePolicy: UPGRADE, useClientProtocol: true } } } }',
      [
        'spec.trafficPolicy.connectionPool.http.useClientProtocol: use client protocol must not be true when H2UpgradePolicy is UPGRADE',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { http: { http2KeepAlive: {} } } } }',
      [
        'spec.trafficPolicy.connectionPool.http.http2KeepAlive.interval: http2 keepalive interval is required',
        'spec.trafficPolicy.connectionPool.http.http2KeepAlive.timeout: http2 keepalive timeout is required',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { http: { http2KeepAlive: { interval: 1s } } } } }',
      [
        'spec.trafficPolicy.connectionPool.http.http2KeepAlive.timeout: http2 keepalive timeout is required',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { connectionPool: { http: { http2KeepAlive: { interval: 1s, timeout: 0s } } } } }',
      [
        'spec.trafficPolicy.connectionPool.http.http2KeepAlive.timeout: duration must be greater than 1ms',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('DestinationRule', spec)).toEqual(expected);
  });

  it.each([
    '{ host: cart, trafficPolicy: { connectionPool: { tcp: {} } } }',
    '{ host: cart, trafficPolicy: { connectionPool: { http: {} } } }',
    '{ host: cart, trafficPolicy: { connectionPool: { tcp: { idleTimeout: 0s } } } }',
    '{ host: cart, trafficPolicy: { connectionPool: { tcp: { idleTimeout: 500us } } } }',
    '{ host: cart, trafficPolicy: { connectionPool: { tcp: { tcpKeepalive: { interval: 7200s } } } } }',
  ])('nothing: %s', spec => {
    expect(said('DestinationRule', spec)).toEqual([]);
  });
});
