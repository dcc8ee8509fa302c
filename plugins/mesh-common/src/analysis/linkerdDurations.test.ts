import { cart, findings, object } from './__testUtils__/linkerdFindings';

const parentRefs = [{ group: '', kind: 'Service', name: 'cart', port: 80 }];

const route = (apiVersion: string, rule: object) =>
  cart +
  object(apiVersion, 'HTTPRoute', 'r', {
    parentRefs,
    rules: [{ backendRefs: [{ name: 'cart', port: 80 }], ...rule }],
  });

const GATEWAY = 'gateway.networking.k8s.io/v1';
const POLICY = 'policy.linkerd.io/v1beta3';

const timeout = (apiVersion: string, request: string) =>
  route(apiVersion, { timeouts: { request } });

const annotated = (annotations: object) =>
  object('v1', 'Service', 's', { ports: [{ port: 80 }] }, { annotations });

const profile = (spec: object) =>
  object(
    'linkerd.io/v1alpha2',
    'ServiceProfile',
    'cart.shop.svc.cluster.local',
    spec,
  );

type Case = [what: string, name: string, yaml: string, expected: RegExp[]];

describe('durations', () => {
  it.each<Case>([
    ['Go’s, of a policy', 'r', timeout(POLICY, '1.5s'), []],
    ['the Gateway API’s, of a policy', 'r', timeout(POLICY, '1h30m'), []],
    ['whole, of the Gateway API', 'r', timeout(GATEWAY, '1500ms'), []],
    [
      'in days, of a policy',
      'r',
      timeout(POLICY, '1d'),
      [/^MESH-L0001 error spec\.rules\[0\]\.timeouts\.request: .* write 24h$/],
    ],
    [
      'in parts, of the Gateway API',
      'r',
      timeout(GATEWAY, '1h30m'),
      [
        /^MESH-L0312 warning spec\.rules\[0\]\.timeouts\.request: The timeout 1h30m of HTTPRoute shop\/r has no effect.*write 90m/,
      ],
    ],
    [
      'with a fraction, of the Gateway API',
      'r',
      timeout(GATEWAY, '1.5s'),
      [
        /^MESH-0003 error spec\.rules\[0\]\.timeouts\.request: .* write 1500ms$/,
        /^MESH-L0312 warning .* write 1500ms/,
      ],
    ],
    [
      'of a single try, and the retries of the Gateway API',
      'r',
      route(GATEWAY, {
        timeouts: { request: '10s', backendRequest: '2s' },
        retry: { attempts: 3 },
      }),
      [
        /^MESH-L0312 warning .*retry: .* retry\.linkerd\.io\/limit: "3"/,
        /^MESH-L0312 warning .*backendRequest: .* retry\.linkerd\.io\/timeout: 2s/,
      ],
    ],
    [
      'in annotations, in Go’s form',
      's',
      annotated({
        'timeout.linkerd.io/request': '1.5s',
        'retry.linkerd.io/http': '5xx',
        'retry.linkerd.io/timeout': '1m30s',
      }),
      [
        /^MESH-L0401 error .*retry\.linkerd\.io\/timeout: .* write 90s/,
        /^MESH-L0401 error .*timeout\.linkerd\.io\/request: .* write 1500ms/,
      ],
    ],
    [
      'in annotations, without a unit',
      's',
      annotated({ 'timeout.linkerd.io/request': '10' }),
      [/^MESH-L0401 error .*the unit is missing: 10s or 10ms\?/],
    ],
    [
      'of a ServiceProfile',
      'cart.shop.svc.cluster.local',
      cart +
        profile({
          routes: [
            { name: 'a', condition: { method: 'GET' }, timeout: '1d' },
            { name: 'b', condition: { method: 'GET' }, timeout: '1.5s' },
          ],
          retryBudget: {
            retryRatio: 0.2,
            minRetriesPerSecond: 1,
            ttl: '10',
          },
        }),
      [
        /^MESH-L0001 error spec\.retryBudget\.ttl: .* no duration such as 1m30s$/,
        /^MESH-L0001 error spec\.routes\[0\]\.timeout: .* write 24h$/,
      ],
    ],
  ])('%s', (_, name, yaml, expected) => {
    expect(findings(name, yaml)).toEqual(
      expected.map(pattern => expect.stringMatching(pattern)),
    );
  });
});
