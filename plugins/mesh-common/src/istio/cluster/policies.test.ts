import { clusterOf } from '../../__testUtils__/cluster';
import { ISTIO, istio, meshSettings, service } from '../__testUtils__/istio';
import { ProxyCluster } from './cluster';
import { clusterSeenBy } from './clusterSeenBy';

function cluster(
  policy: string,
  options: {
    subset?: string;
    settings?: string;
    port?: string;
    proxy?: 'sidecar' | 'gateway';
  } = {},
): ProxyCluster {
  const {
    settings = ISTIO,
    port = 'http',
    subset,
    proxy = 'sidecar',
  } = options;
  const found = clusterSeenBy(
    clusterOf(
      settings +
        service('cart', { ports: `{ name: ${port}, port: 80 }` }) +
        istio('DestinationRule', 'cart', `{ host: cart, ${policy} }`),
    ),
    {
      host: 'cart.shop.svc.cluster.local',
      port: 80,
      ...(subset && { subset }),
    },
    { proxy, namespace: 'web', labels: {} },
  );
  if (found.state !== 'present') {
    throw new TypeError(`There is no cluster: ${JSON.stringify(found)}`);
  }
  return found;
}

const DEFAULTS = meshSettings(`
connectTimeout: 3s
h2UpgradePolicy: UPGRADE
defaultTrafficPolicy:
  connectionPool: { tcp: { maxConnections: 9 } }
  outlierDetection: { interval: 7s }`);

describe('the load balancer of a cluster', () => {
  it.each<[string, string, string | undefined]>([
    ['{ simple: ROUND_ROBIN }', 'ROUND_ROBIN', undefined],
    ['{ simple: RANDOM }', 'RANDOM', undefined],
    ['{ simple: LEAST_CONN }', 'LEAST_REQUEST', undefined],
    ['{ simple: UNSPECIFIED }', 'LEAST_REQUEST', undefined],
    ['{ localityLbSetting: { enabled: true } }', 'LEAST_REQUEST', undefined],
    [
      '{ consistentHash: { httpHeaderName: x-user } }',
      'RING_HASH',
      'header x-user',
    ],
    [
      '{ consistentHash: { useSourceIp: true, ringHash: {} } }',
      'RING_HASH',
      'source IP',
    ],
    [
      '{ consistentHash: { httpCookie: { name: c }, maglev: {} } }',
      'MAGLEV',
      'cookie c',
    ],
    [
      '{ consistentHash: { httpQueryParameterName: q } }',
      'RING_HASH',
      'query parameter q',
    ],
  ])('%s', (written, loadBalancer, hashes) => {
    const { balancing } = cluster(
      `trafficPolicy: { loadBalancer: ${written} }`,
    );
    expect(balancing).toMatchObject({ loadBalancer });
    expect(balancing.hashes).toBe(hashes);
    expect(balancing.reasons[0].field).toBe('spec.trafficPolicy.loadBalancer');
  });
});

describe('the localities of a cluster', () => {
  const DETECTS = 'outlierDetection: {}';
  const failover = (more = '') =>
    `trafficPolicy: { ${more} loadBalancer: { localityLbSetting: { failover: [{ from: north, to: south }] } } }`;

  it.each<[string, string, { settings?: string; subset?: string }, string]>([
    ['nothing is written', 'exportTo: ["*"]', {}, 'any'],
    ['an empty detection', `trafficPolicy: { ${DETECTS} }`, {}, 'failover'],
    ['failover without detection', failover(), {}, 'inactive'],
    ['failover with detection', failover(`${DETECTS},`), {}, 'failover'],
    ['detection of the mesh', failover(), { settings: DEFAULTS }, 'failover'],
    [
      'off for the host',
      `trafficPolicy: { ${DETECTS}, loadBalancer: { localityLbSetting: { enabled: false } } }`,
      {},
      'any',
    ],
    [
      'off in the mesh',
      `trafficPolicy: { ${DETECTS} }`,
      { settings: meshSettings('localityLbSetting: { enabled: false }') },
      'any',
    ],
    [
      'on for the host where it is off in the mesh',
      failover(`${DETECTS},`),
      { settings: meshSettings('localityLbSetting: { enabled: false }') },
      'failover',
    ],
    [
      'shares need no detection',
      'trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [{ from: "north/*", to: { "north/*": 80, "south/*": 20 } }] } } }',
      {},
      'distribute',
    ],
    [
      'failover of the mesh without detection',
      'exportTo: ["*"]',
      {
        settings: meshSettings(
          'localityLbSetting: { failoverPriority: [topology.kubernetes.io/region] }',
        ),
      },
      'inactive',
    ],
    [
      'a subset inherits the detection of the host',
      `trafficPolicy: { ${DETECTS} }, subsets: [{ name: v1, trafficPolicy: { loadBalancer: { localityLbSetting: { failoverPriority: [a] } } } }]`,
      { subset: 'v1' },
      'failover',
    ],
  ])('%s', (_, policy, options, mode) => {
    const { locality } = cluster(policy, options);
    expect(locality.mode).toBe(mode);
    expect(locality.reasons).not.toHaveLength(0);
  });

  it('names the block that is missing', () => {
    expect(cluster(failover()).locality.reasons[0]).toMatchObject({
      object: { kind: 'networking.istio.io/DestinationRule', name: 'cart' },
      field: 'spec.trafficPolicy.outlierDetection',
    });
  });

  it('does as the Service says', () => {
    const found = clusterSeenBy(
      clusterOf(
        ISTIO + service('cart', { spec: 'trafficDistribution: PreferClose' }),
      ),
      { host: 'cart.shop.svc.cluster.local', port: 80 },
      { proxy: 'sidecar', namespace: 'web', labels: {} },
    );
    expect(found).toMatchObject({
      locality: {
        mode: 'failover',
        reasons: [{ field: 'spec.trafficDistribution' }],
      },
    });
  });
});

describe('the connections of a cluster', () => {
  it.each<[string, string, object]>([
    [
      'limits, 0 being none',
      `{ tcp: { maxConnections: 5, connectTimeout: 2s, maxConnectionDuration: 1h },
         http: { http1MaxPendingRequests: 0, http2MaxRequests: 3, maxRetries: 2, maxConcurrentStreams: 1 } }`,
      {
        connectTimeoutMs: 2_000,
        pool: {
          maxConnections: 5,
          http2MaxRequests: 3,
          maxRetries: 2,
          maxConcurrentStreams: 1,
          maxConnectionDurationMs: 3_600_000,
        },
      },
    ],
    [
      'idle by TCP',
      '{ tcp: { idleTimeout: 5s } }',
      { pool: { idleTimeoutMs: 5_000 } },
    ],
    [
      'idle by HTTP',
      '{ tcp: { idleTimeout: 5s }, http: { idleTimeout: 6s } }',
      { pool: { idleTimeoutMs: 6_000 } },
    ],
  ])('%s', (_, pool, expected) => {
    expect(
      cluster(`trafficPolicy: { connectionPool: ${pool} }`).connections,
    ).toMatchObject(expected);
  });

  it.each<
    [string, string, string, 'sidecar' | 'gateway', string, string | undefined]
  >([
    ['HTTP', 'http', '{ }', 'sidecar', ISTIO, undefined],
    ['gRPC', 'grpc-web', '{ }', 'sidecar', ISTIO, 'http2'],
    [
      'upgraded',
      'http',
      '{ h2UpgradePolicy: UPGRADE }',
      'sidecar',
      ISTIO,
      'http2',
    ],
    ['upgraded by the mesh', 'http', '{ }', 'sidecar', DEFAULTS, 'http2'],
    [
      'not upgraded by the rule',
      'http',
      '{ h2UpgradePolicy: DO_NOT_UPGRADE }',
      'sidecar',
      DEFAULTS,
      undefined,
    ],
    [
      'TCP is not upgraded by the mesh',
      'tcp',
      '{ }',
      'sidecar',
      DEFAULTS,
      undefined,
    ],
    [
      'as the client',
      'grpc',
      '{ useClientProtocol: true }',
      'sidecar',
      ISTIO,
      'downstream',
    ],
    ['detected', 'other', '{ }', 'sidecar', ISTIO, 'downstream'],
    ['detected, by a gateway', 'other', '{ }', 'gateway', ISTIO, undefined],
  ])('protocol: %s', (_, port, http, proxy, settings, expected) => {
    const { connections } = cluster(
      `trafficPolicy: { connectionPool: { http: ${http} } }`,
      { port, proxy, settings },
    );
    expect(connections.protocol).toBe(expected);
  });

  it('has the connect timeout of the mesh', () => {
    const { connections } = cluster('', { settings: DEFAULTS });
    expect(connections.connectTimeoutMs).toBe(3_000);
    expect(connections.reasons.map(({ field }) => field)).toContain(
      'data.mesh connectTimeout',
    );
  });
});

describe('the outlier detection of a cluster', () => {
  it.each<[string, string, object]>([
    ['nothing but defaults', '{ }', {}],
    [
      'a counter of 0 ejects nothing',
      '{ consecutive5xxErrors: 0, consecutiveGatewayErrors: 2 }',
      { consecutive5xxErrors: 0, enforcing5xx: 0, consecutiveGatewayErrors: 2 },
    ],
    [
      'everything',
      '{ consecutive5xxErrors: 7, interval: 5s, baseEjectionTime: 2m, maxEjectionPercent: 100 }',
      {
        consecutive5xxErrors: 7,
        enforcing5xx: 100,
        intervalMs: 5_000,
        baseEjectionTimeMs: 120_000,
        maxEjectionPercent: 100,
      },
    ],
    [
      'connections count apart only where they are split off',
      '{ consecutiveLocalOriginFailures: 4 }',
      {},
    ],
    [
      'split off',
      '{ consecutiveLocalOriginFailures: 4, splitExternalLocalOriginErrors: true }',
      { consecutiveLocalOriginFailures: 4 },
    ],
  ])('%s', (_, written, expected) => {
    expect(
      cluster(`trafficPolicy: { outlierDetection: ${written} }`)
        .outlierDetection,
    ).toEqual({ ...expected, reasons: [expect.anything()] });
  });
});

describe('what the mesh has for all', () => {
  const port = (of: string) =>
    `portLevelSettings: [{ port: { number: 80 }, ${of} }]`;
  it.each<[string, string, string | undefined, number | undefined]>([
    ['counts without a rule of its own', '', undefined, 9],
    [
      'is replaced as a block',
      'trafficPolicy: { connectionPool: { http: { maxRetries: 1 } } }',
      undefined,
      undefined,
    ],
    [
      'counts where settings for the port leave it out',
      `trafficPolicy: { ${port('tls: { mode: DISABLE }')} }`,
      undefined,
      9,
    ],
    [
      'does not count where those of a subset leave it out',
      `subsets: [{ name: v1, trafficPolicy: { ${port(
        'tls: { mode: DISABLE }',
      )} } }]`,
      'v1',
      undefined,
    ],
    [
      'counts for a subset that says nothing',
      'subsets: [{ name: v1 }]',
      'v1',
      9,
    ],
  ])('%s', (_, policy, subset, maxConnections) => {
    const found = cluster(policy, { settings: DEFAULTS, subset });
    expect(found.connections.pool.maxConnections).toBe(maxConnections);
  });

  it('is named as the reason', () => {
    const { outlierDetection } = cluster('', { settings: DEFAULTS });
    expect(outlierDetection).toMatchObject({
      intervalMs: 7_000,
      reasons: [{ field: 'data.mesh defaultTrafficPolicy' }],
    });
  });
});
