import { parse } from 'yaml';
import { RawObject, vendoredSchemas } from './index';

const object = (text: string): RawObject => parse(text);

const VIRTUAL_SERVICE = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart }
`;

function problemsOf(text: string): string[] {
  return vendoredSchemas()
    .problems(object(text))
    .map(({ field, message }) => `${field}: ${message}`);
}

describe('the vendored schemas', () => {
  it.each([
    [
      'a type',
      `${VIRTUAL_SERVICE}spec: { hosts: cart }`,
      'spec.hosts: Invalid value: "string": spec.hosts in body must be of type array: "string"',
    ],
    [
      'a required member',
      `${VIRTUAL_SERVICE}spec: { http: [{ route: [{ destination: { subset: v1 } }] }] }`,
      'spec.http[0].route[0].destination.host: Required value',
    ],
    [
      'a null in place of a required member',
      `${VIRTUAL_SERVICE}spec: { http: [{ route: [{ destination: null }] }] }`,
      'spec.http[0].route[0].destination: Invalid value: "null": spec.http[0].route[0].destination in body must be of type object: "null"',
    ],
    [
      'alternatives',
      `${VIRTUAL_SERVICE}spec: { http: [{ match: [{ uri: { exact: /a, prefix: /b } }] }] }`,
      'spec.http[0].match[0].uri: "spec.http[0].match[0].uri" must validate one and only one schema (oneOf). Found 2 valid alternatives: only one of exact, prefix may be set',
    ],
    [
      'a range',
      `
apiVersion: networking.istio.io/v1beta1
kind: ProxyConfig
metadata: { name: small }
spec: { concurrency: -2 }`,
      'spec.concurrency: Invalid value: -2: spec.concurrency in body should be greater than or equal to 0',
    ],
    [
      'an enumeration',
      `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default }
spec: { mtls: { mode: ON } }`,
      'spec.mtls.mode: Unsupported value: "ON": supported values: "UNSET", "DISABLE", "PERMISSIVE", "STRICT"',
    ],
    [
      'a pattern',
      `
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: { name: filter }
spec: { url: 'oci://registry/filter', sha256: abc }`,
      'spec.sha256: Invalid value: "abc": spec.sha256 in body should match \'(^$|^[a-f0-9]{64}$)\'',
    ],
    [
      'two items with one key',
      `
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: { name: filter }
spec: { url: 'oci://registry/filter', vmConfig: { env: [{ name: A }, { name: A }] } }`,
      'spec.vmConfig.env[1]: Duplicate value: {"name":"A"}',
    ],
    [
      'a rule about a duration',
      `${VIRTUAL_SERVICE}spec: { http: [{ timeout: 500us, route: [{ destination: { host: cart } }] }] }`,
      'spec.http[0].timeout: Invalid value: "500us": must be a valid duration greater than 1ms',
    ],
    [
      'a rule that cannot be evaluated',
      `${VIRTUAL_SERVICE}spec: { http: [{ timeout: soon, route: [{ destination: { host: cart } }] }] }`,
      'spec.http[0].timeout: Invalid value: "soon": must be a valid duration greater than 1ms',
    ],
    [
      'a rule about several members',
      `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default }
spec: { portLevelMtls: { 8080: { mode: DISABLE } } }`,
      'spec: Invalid value: "object": portLevelMtls requires selector',
    ],
    [
      'a rule about a URL',
      `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: jwt }
spec: { jwtRules: [{ issuer: me, jwksUri: 'ftp://example.com/keys' }] }`,
      'spec.jwtRules[0].jwksUri: Invalid value: "ftp://example.com/keys": url must have scheme http:// or https://',
    ],
    [
      'a rule of the Gateway API',
      `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart }
spec: { rules: [{ matches: [{ path: { type: PathPrefix, value: cart } }] }] }`,
      `spec.rules[0].matches[0].path: Invalid value: "object": value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']`,
    ],
    [
      'an object without a spec',
      `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: outside }`,
      'spec: Required value',
    ],
  ])('refuse %s', (_, text, expected) => {
    expect(problemsOf(text)).toContain(expected);
  });

  it.each([
    [
      'null for absent',
      `${VIRTUAL_SERVICE}spec: { gateways: null, hosts: [cart], http: [{ route: [{ destination: { host: cart } }] }] }`,
    ],
    [
      'defaults that a rule reads',
      `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart }
spec:
  parentRefs: [{ name: web }, { name: web, namespace: other }]
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]`,
    ],
    [
      'kinds without a schema',
      'apiVersion: v1\nkind: Pod\nspec: { containers: 3 }',
    ],
    [
      'versions without a schema',
      'apiVersion: networking.istio.io/v2\nkind: VirtualService\nspec: 3',
    ],
  ])('take %s', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it.each([
    [
      `${VIRTUAL_SERVICE}spec: { http: [{ retry: { attempts: 3 } }] }`,
      'unknown field "spec.http[0].retry", did you mean "retries"?',
    ],
    [
      `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart }
spec: { trafficPolicy: { outlierDetection: { consecutiveGatewayFailure: 5 } } }`,
      'unknown field "spec.trafficPolicy.outlierDetection.consecutiveGatewayFailure", did you mean "consecutiveGatewayErrors"?',
    ],
    [
      `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart }
spec: { http1MaxPendingRequests: 5, zebra: 1 }`,
      'unknown field "spec.zebra"',
    ],
    [
      `${VIRTUAL_SERVICE}spec: { host: cart }`,
      'unknown field "spec.host", did you mean "hosts"?',
    ],
  ])('name what was meant by an unknown field (%#)', (text, message) => {
    const schemas = vendoredSchemas();
    expect(
      schemas
        .unknownFields(object(text))
        .map(({ message: said, nearest }) =>
          nearest ? `${said}, did you mean "${nearest}"?` : said,
        ),
    ).toContain(message);
  });

  it('have no opinion of what may have any members', () => {
    const schemas = vendoredSchemas();
    expect(
      schemas.unknownFields(
        object(`
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: lua }
spec: { configPatches: [{ applyTo: CLUSTER, patch: { value: { anything: { goes: 1 } } } }] }`),
      ),
    ).toEqual([]);
  });
});
