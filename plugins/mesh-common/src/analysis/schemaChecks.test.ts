import { clusterOf } from '../__testUtils__/cluster';
import { vendoredSchemas } from '../schema';
import { Analyzer } from './Analyzer';
import { CHECKS } from './catalogue';
import { withSchemas } from './schemaChecks';

const ALL = withSchemas(CHECKS, vendoredSchemas());

/** The findings about what is wrong with objects in themselves, as `CODE field: message`. */
function found(yaml: string): string[] {
  return Analyzer.create(ALL)
    .analyze(clusterOf(yaml))
    .findings.filter(({ code }) => /IST0106|IST0133|MESH-000/.test(code))
    .map(({ code, field, message }) => `${code} ${field}: ${message}`);
}

const object = (apiVersion: string, kind: string, spec: string) => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: cart, namespace: shop }
spec: ${spec}
`;
const virtualService = (rule: string) =>
  object(
    'networking.istio.io/v1',
    'VirtualService',
    `{ hosts: [cart], http: [{ ${rule} }] }`,
  );
const destinationRule = (policy: string) =>
  object(
    'networking.istio.io/v1',
    'DestinationRule',
    `{ host: cart, ${policy} }`,
  );
const SENDS = 'route: [{ destination: { host: cart } }]';

describe('the checks with the schemas of the kinds', () => {
  it.each([
    [
      'retry of a route',
      virtualService(`retry: { attempts: 3 }, ${SENDS}`),
      'MESH-0002 spec.http[0].retry: VirtualService shop/cart: unknown field "spec.http[0].retry". Write retries: { attempts: 3, perTryTimeout: 2s, retryOn: "5xx,reset,connect-failure" }, with retryOn as one text; as it is, the default retries apply.',
    ],
    [
      'consecutiveGatewayFailure',
      destinationRule(
        'trafficPolicy: { outlierDetection: { consecutiveGatewayFailure: 5 } }',
      ),
      'MESH-0002 spec.trafficPolicy.outlierDetection.consecutiveGatewayFailure: DestinationRule shop/cart: unknown field "spec.trafficPolicy.outlierDetection.consecutiveGatewayFailure". Write outlierDetection: { consecutive5xxErrors: 5, consecutiveGatewayErrors: 5, interval: 10s, baseEjectionTime: 30s }.',
    ],
    [
      'a connection pool outside of the traffic policy',
      destinationRule('connectionPool: { http: { maxRetries: 3 } }'),
      'MESH-0002 spec.connectionPool: DestinationRule shop/cart: unknown field "spec.connectionPool". It belongs into spec.trafficPolicy.',
    ],
    [
      'settings of HTTP outside of http',
      destinationRule(
        'trafficPolicy: { connectionPool: { tcp: {}, http1MaxPendingRequests: 100 } }',
      ),
      'MESH-0002 spec.trafficPolicy.connectionPool.http1MaxPendingRequests: DestinationRule shop/cart: unknown field "spec.trafficPolicy.connectionPool.http1MaxPendingRequests". It belongs into connectionPool.http.',
    ],
    [
      'a mode that is not under mtls',
      object('security.istio.io/v1', 'PeerAuthentication', '{ mode: STRICT }'),
      'MESH-0002 spec.mode: PeerAuthentication shop/cart: unknown field "spec.mode". Write mtls: { mode: STRICT }.',
    ],
    [
      'a typing mistake',
      virtualService(`timout: 1s, ${SENDS}`),
      'MESH-0002 spec.http[0].timout: VirtualService shop/cart: unknown field "spec.http[0].timout", did you mean "timeout"?',
    ],
    [
      'an old version',
      object(
        'security.istio.io/v1beta1',
        'PeerAuthentication',
        '{ mtls: { mode: STRICT } }',
      ),
      'MESH-0004 apiVersion: PeerAuthentication shop/cart is written as security.istio.io/v1beta1: write apiVersion: security.istio.io/v1',
    ],
    [
      'what the schema refuses',
      destinationRule(
        'trafficPolicy: { loadBalancer: { simple: RANDOM, consistentHash: { useSourceIp: true } } }',
      ),
      'IST0106 spec.trafficPolicy.loadBalancer: DestinationRule shop/cart is refused: spec.trafficPolicy.loadBalancer: "spec.trafficPolicy.loadBalancer" must validate one and only one schema (oneOf). Found 2 valid alternatives: only one of simple, consistentHash may be set',
    ],
    [
      'a route of the Gateway API',
      object(
        'gateway.networking.k8s.io/v1',
        'HTTPRoute',
        '{ rules: [{ timeouts: { request: 1s, backendRequest: 2s } }] }',
      ),
      'MESH-0003 spec.rules[0].timeouts: HTTPRoute shop/cart is refused: spec.rules[0].timeouts: Invalid value: "object": backendRequest timeout cannot be longer than request timeout',
    ],
  ])('find %s', (_, yaml, expected) => {
    expect(found(yaml)).toEqual([expected]);
  });

  it.each([
    ['retries', virtualService(`retries: { attempts: 3 }, ${SENDS}`)],
    [
      'names of the connection pool that are right',
      destinationRule(
        'trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: 50, maxRequestsPerConnection: 2 } } }',
      ),
    ],
    [
      'experimental fields of the Gateway API',
      object(
        'gateway.networking.k8s.io/v1',
        'HTTPRoute',
        '{ rules: [{ retry: { attempts: 2, codes: [500] } }] }',
      ),
    ],
  ])('have nothing to say of %s', (_, yaml) => {
    expect(found(yaml)).toEqual([]);
  });

  it('leave the fields of a ServiceProfile to the check that knows them without a schema', () => {
    const profile = object(
      'linkerd.io/v1alpha2',
      'ServiceProfile',
      '{ routes: [], circuitBreakers: {} }',
    );
    const schemas = {
      problems: () => [],
      unknownFields: () => [{ field: 'spec.x', message: 'unknown field' }],
      celComplaint: () => undefined,
    };
    const { findings } = Analyzer.create(withSchemas(CHECKS, schemas)).analyze(
      clusterOf(profile),
    );
    const codes = findings.map(({ code }) => code);
    expect(codes).toContain('MESH-L0306');
    expect(codes).not.toContain('MESH-0002');
  });

  it('keep all other checks', () => {
    const codes = new Set(ALL.map(({ code }) => code));
    for (const { code } of CHECKS) {
      expect(codes).toContain(code);
    }
  });
});
