import fc from 'fast-check';
import { parse } from 'yaml';
import { hugeValue } from '../../__testUtils__/anyObjects';
import { vendoredSchemas } from '../../schema';
import { isValidated, validate } from './validate';

const KINDS: readonly [string, string][] = [
  ['networking.istio.io/v1', 'VirtualService'],
  ['networking.istio.io/v1', 'DestinationRule'],
  ['networking.istio.io/v1', 'Gateway'],
  ['networking.istio.io/v1', 'ServiceEntry'],
  ['networking.istio.io/v1', 'Sidecar'],
  ['networking.istio.io/v1', 'WorkloadEntry'],
  ['networking.istio.io/v1', 'WorkloadGroup'],
  ['networking.istio.io/v1alpha3', 'EnvoyFilter'],
  ['networking.istio.io/v1beta1', 'ProxyConfig'],
  ['security.istio.io/v1', 'PeerAuthentication'],
  ['security.istio.io/v1', 'RequestAuthentication'],
  ['security.istio.io/v1', 'AuthorizationPolicy'],
  ['telemetry.istio.io/v1', 'Telemetry'],
  ['extensions.istio.io/v1alpha1', 'WasmPlugin'],
  ['extensions.istio.io/v1alpha1', 'TrafficExtension'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['gateway.networking.k8s.io/v1', 'Gateway'],
];

/** One spec of each kind that says much. */
const SPECS = `
hosts: [cart.example.com]
host: cart
gateways: [shop/web]
exportTo: ['.']
http:
  - match: [{ uri: { prefix: / }, headers: { x: { exact: y } }, port: 80, sourceLabels: { app: web } }]
    route: [{ destination: { host: cart, port: { number: 80 }, subset: v1 }, weight: 1, headers: { request: { set: { a: b } } } }]
    retries: { attempts: 3, perTryTimeout: 1s, retryOn: '5xx' }
    fault: { delay: { fixedDelay: 1s, percentage: { value: 5 } }, abort: { httpStatus: 500 } }
    corsPolicy: { allowOrigins: [{ regex: a }], maxAge: 1s }
    redirect: { uri: / }
    rewrite: { uriRegexRewrite: { match: a, rewrite: b } }
    mirrors: [{ destination: { host: cart }, percentage: { value: 5 } }]
    directResponse: { status: 200, body: { string: a } }
tls: [{ match: [{ sniHosts: [a.b], destinationSubnets: [10.0.0.0/8] }], route: [{ destination: { host: cart } }] }]
trafficPolicy:
  tls: { mode: MUTUAL, credentialName: 'configmap://a/b' }
  loadBalancer: { consistentHash: { httpCookie: { name: a, ttl: 1s, attributes: [{ name: b }] }, maglev: { tableSize: 7 } }, localityLbSetting: { distribute: [{ from: a, to: { b: 100 } }] }, warmup: { duration: 1s } }
  connectionPool: { tcp: { connectTimeout: 1s }, http: { http2KeepAlive: { interval: 1s } } }
  outlierDetection: { interval: 1s }
  portLevelSettings: [{ port: { number: 80 }, tls: { mode: SIMPLE } }]
  tunnel: { targetHost: a, targetPort: 80 }
subsets: [{ name: v1, labels: { a: b } }]
servers: [{ port: { number: 443, name: a, protocol: HTTPS }, hosts: [shop/a.b], bind: 'unix:///a', tls: { mode: SIMPLE, cipherSuites: [a], tlsCertificates: [{ privateKey: a }] } }]
ports: [{ number: 80, name: http, protocol: HTTP }]
endpoints: [{ address: 10.0.0.1, ports: { http: 80 }, labels: { a: b } }]
addresses: [10.0.0.1]
resolution: STATIC
workloadSelector: { labels: { a: b } }
ingress: [{ port: { number: 80, protocol: HTTP }, defaultEndpoint: '127.0.0.1:80', connectionPool: { http: {} } }]
egress: [{ port: { number: 0 }, bind: 'unix:///a', hosts: ['./a.b'] }]
template: { serviceAccount: a }
probe: { httpGet: { port: 80, httpHeaders: [{ name: a }] } }
selector: { matchLabels: { app: cart } }
targetRefs: [{ kind: Service, name: cart }]
mtls: { mode: STRICT }
portLevelMtls: { '80': { mode: DISABLE } }
jwtRules: [{ issuer: a, jwks: '{"keys":[]}', fromHeaders: [{ name: a }], outputClaimToHeaders: [{ claim: a, header: b }], audiences: [a] }]
action: DENY
rules: [{ from: [{ source: { principals: [a], ipBlocks: [10.0.0.0/8] } }], to: [{ operation: { ports: ['80'], paths: ['/{*}'] } }], when: [{ key: source.ip, values: [10.0.0.1] }] }]
metrics: [{ overrides: [{ match: { customMetric: a }, tagOverrides: { a: { operation: UPSERT, value: b } } }] }]
tracing: [{ customTags: { a: { literal: { value: b } } }, randomSamplingPercentage: 5 }]
accessLogging: [{ filter: { expression: 'a > 1' } }]
url: oci://a/b
vmConfig: { env: [{ name: a, valueFrom: HOST }] }
match: [{ ports: [{ number: 80 }] }]
lua: { inlineCode: a }
configPatches: [{ applyTo: HTTP_FILTER, match: { proxy: { proxyVersion: a }, listener: { filterChain: { filter: { name: a, subFilter: { name: b } } } } }, patch: { operation: ADD, value: { a: b } } }]
parentRefs: [{ name: web }]
listeners: [{ name: a, port: 80, protocol: HTTP, hostname: a.b }]
`;

/** Every path of a value, as the keys that lead there. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  return typeof value === 'object' && value !== null
    ? [
        path,
        ...Object.entries(value).flatMap(([key, member]) =>
          pathsOf(member, [...path, key]),
        ),
      ]
    : [path];
}

function replaced(value: unknown, path: string[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return by;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      String(index) === step ? replaced(item, rest, by) : item,
    );
  }
  return Object.fromEntries(
    Object.entries(Object(value)).map(([key, member]) => [
      key,
      key === step ? replaced(member, rest, by) : member,
    ]),
  );
}

/** Stands for a value that is too big to be written where a run fails. */
const HUGE_NAME = '(huge)';
const HUGE = hugeValue(60);

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    -1,
    1e300,
    NaN,
    '',
    '*',
    '%',
    'a'.repeat(100_000),
    '('.repeat(2_000),
    '*/'.repeat(5_000),
    [],
    [null],
    [[]],
    {},
    { '': null },
    HUGE_NAME,
    JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":1},"toString":"x"}',
    ),
    Array.from({ length: 1_000 }, (_, index) => ({ name: `a${index}` })),
  ),
  fc.jsonValue(),
  fc.string(),
  fc.double(),
);

describe('validate', () => {
  const spec: unknown = parse(SPECS);
  const paths = pathsOf(spec);

  it('never throws, whatever stands at any place of an object', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        fc.array(fc.tuple(fc.constantFrom(...paths), odd), { maxLength: 3 }),
        odd,
        ([apiVersion, kind], changes, metadata) => {
          const changed = changes.reduce(
            (current, [path, value]) =>
              replaced(current, path, value === HUGE_NAME ? HUGE : value),
            spec,
          );
          const object = {
            apiVersion,
            kind,
            metadata: metadata === HUGE_NAME ? HUGE : metadata,
            spec: changed,
          };
          const problems = validate(object, vendoredSchemas());
          vendoredSchemas().unknownFields(object);
          validate(object);
          expect(problems.every(({ field }) => field !== '')).toBe(true);
          expect({}).not.toHaveProperty('polluted');
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each(KINDS)(
    'is done with values of any size, at any place of %s/%s',
    (apiVersion, kind) => {
      for (const path of paths) {
        const object = {
          apiVersion,
          kind,
          metadata: { name: 'cart' },
          spec: replaced(spec, path, HUGE),
        };
        const messages = validate(object, vendoredSchemas()).map(
          ({ message }) => message,
        );
        vendoredSchemas().unknownFields(object);
        expect([path, messages.filter(({ length }) => length > 5_000)]).toEqual(
          [path, []],
        );
      }
    },
  );

  it('says once what the schema and istiod say of one field', () => {
    const object = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'cart' },
      spec: parse(
        '{ hosts: [cart], http: [{ timeout: soon, route: [{ destination: { host: cart }, weight: -1 }] }] }',
      ),
    };
    expect(
      validate(object, vendoredSchemas()).map(({ field }) => field),
    ).toEqual(['spec.http[0].timeout', 'spec.http[0].route[0].weight']);
  });

  it('has nothing to say of kinds that istiod does not know', () => {
    expect(validate({ apiVersion: 'v1', kind: 'Pod', spec: 1 })).toEqual([]);
    expect(isValidated('Pod')).toBe(false);
    expect(isValidated('networking.istio.io/Sidecar')).toBe(true);
  });

  it.each([
    ['AuthorizationPolicy', 'true', []],
    [
      'AuthorizationPolicy',
      'yes',
      [
        'metadata.annotations.istio.io/dry-run: annotation istio.io/dry-run has an invalid value (yes): it is true or false',
      ],
    ],
    [
      'PeerAuthentication',
      'true',
      [
        'metadata.annotations.istio.io/dry-run: unsupported annotation istio.io/dry-run, please remove the annotation',
      ],
    ],
  ])('asks for the dry run of a %s (%s)', (kind, value, expected) => {
    expect(
      validate({
        apiVersion: 'security.istio.io/v1',
        kind,
        metadata: { name: 'x', annotations: { 'istio.io/dry-run': value } },
        spec: {},
      }).map(({ field, message }) => `${field}: ${message}`),
    ).toEqual(expected);
  });
});
