import fc from 'fast-check';
import { clusterOf, objectsOf } from '../__testUtils__/cluster';
import {
  deployment,
  istio,
  meshSettings,
  namespace,
  pod,
  service,
} from '../istio/__testUtils__/istio';
import { parseObject } from '../kubernetes/parse';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotChange } from '../snapshot/SnapshotChange';
import { Analyzer } from './Analyzer';
import { ISTIO_CHECKS } from './istioChecks';
import { EXAMPLES } from './__testUtils__';

const ISTIO = meshSettings();

/** The findings of one code, as `Kind name field: message`. */
function findings(code: string, yaml: string): string[] {
  return Analyzer.create(ISTIO_CHECKS)
    .analyze(clusterOf(ISTIO + yaml))
    .findings.filter(finding => finding.code === code)
    .map(
      ({ object, field, message }) =>
        `${object.kind.split('/').at(-1)} ${object.name} ${field}: ${message}`,
    );
}

const CART = pod('cart') + service('cart');
const INJECTED = namespace('shop', 'istio-injection: enabled');
const virtualService = (name: string, spec: string, place = 'shop') =>
  istio('VirtualService', name, `{ hosts: [cart], ${spec} }`, {
    namespace: place,
  });
const to = (destination: string) =>
  `http: [{ route: [{ destination: { ${destination} } }] }]`;
const rule = (name: string, spec: string, place = 'shop') =>
  istio('DestinationRule', name, `{ ${spec} }`, { namespace: place });
/** A Service of another namespace that is exported to some. */
const forPlaces = (places: string) =>
  service('db', {
    namespace: 'data',
    annotations: `networking.istio.io/exportTo: "${places}"`,
  });
const entryIn = (place: string, spec: string) =>
  istio('ServiceEntry', 'e', `{ ${spec} }`, { namespace: place });
const SUBSETS = 'host: cart, subsets: [{ name: v1 }, { name: v2 }]';
const peer = (spec: string) =>
  istio('PeerAuthentication', 'strict', `{ ${spec} }`);
const allow = (spec: string, place = 'shop') =>
  istio('AuthorizationPolicy', 'allow', `{ ${spec} }`, { namespace: place });
const ROUTE = 'route: [{ destination: { host: cart } }]';
const prefix = (path: string) => `match: [{ uri: { prefix: ${path} } }]`;

describe('the checks of Istio', () => {
  it.each<[string, string, string | undefined]>([
    [
      'a host that is not there',
      virtualService('r', to('host: crat')),
      'VirtualService r spec.http[0].route[0].destination.host: VirtualService shop/r sends to crat, but neither a Service nor a ServiceEntry that it can see has this host',
    ],
    [
      'a host with a dot',
      virtualService('r', to('host: cart.shop')),
      'VirtualService r spec.http[0].route[0].destination.host: VirtualService shop/r sends to cart.shop, but neither a Service nor a ServiceEntry that it can see has this host (a host with a dot is not completed: write it in full, NAME.NAMESPACE.svc.cluster.local)',
    ],
    [
      'a mirror that is not there',
      virtualService('r', `http: [{ ${ROUTE}, mirror: { host: crat } }]`),
      'VirtualService r spec.http[0].mirror.host: VirtualService shop/r mirrors to crat, but neither a Service nor a ServiceEntry that it can see has this host',
    ],
    [
      'a port that the Service does not have',
      virtualService('r', to('host: cart, port: { number: 81 }')),
      'VirtualService r spec.http[0].route[0].destination.port.number: VirtualService shop/r sends to port 81 of cart, which has the ports 80',
    ],
    [
      'a host in full',
      virtualService('r', to('host: cart.shop.svc.cluster.local')),
      undefined,
    ],
    [
      'its port',
      virtualService('r', to('host: cart, port: { number: 80 }')),
      undefined,
    ],
    [
      'a host of a wildcard entry',
      virtualService('r', to('host: a.example.org')) +
        istio(
          'ServiceEntry',
          'e',
          '{ hosts: ["*.example.org"], ports: [{ number: 80, name: http, protocol: HTTP }] }',
        ),
      undefined,
    ],
    [
      'a Service that is private to another namespace',
      virtualService('r', to('host: db.data.svc.cluster.local')) +
        service('db', {
          namespace: 'data',
          annotations: 'networking.istio.io/exportTo: "."',
        }),
      'VirtualService r spec.http[0].route[0].destination.host: VirtualService shop/r sends to db.data.svc.cluster.local, but neither a Service nor a ServiceEntry that it can see has this host',
    ],
    [
      'a subset that no rule defines',
      virtualService('r', to('host: cart, subset: v3')) + rule('cart', SUBSETS),
      'VirtualService r spec.http[0].route[0].destination.subset: VirtualService shop/r routes to the subset v3 of cart, but DestinationRules for it define v1, v2 only: requests to it are answered 503',
    ],
    [
      'a subset without any rule',
      virtualService('r', to('host: cart, subset: v3')),
      'VirtualService r spec.http[0].route[0].destination.subset: VirtualService shop/r routes to the subset v3 of cart, but no DestinationRule for it defines subsets: requests to it are answered 503',
    ],
    [
      'a subset of a rule for the short name elsewhere',
      virtualService('r', to('host: cart, subset: v1')) +
        rule('cart', SUBSETS, 'other'),
      'VirtualService r spec.http[0].route[0].destination.subset: VirtualService shop/r routes to the subset v1 of cart, but no DestinationRule for it defines subsets: requests to it are answered 503',
    ],
    [
      'a subset of a rule for the full name elsewhere',
      virtualService('r', to('host: cart, subset: v1')) +
        rule(
          'cart',
          SUBSETS.replace('cart', 'cart.shop.svc.cluster.local'),
          'other',
        ),
      undefined,
    ],
    [
      'a subset of a rule for a wildcard',
      virtualService('r', to('host: cart, subset: v1')) +
        rule('all', SUBSETS.replace('cart', '"*.shop.svc.cluster.local"')),
      undefined,
    ],
    [
      'a subset of a rule for a wildcard that is not the most specific',
      virtualService('r', to('host: cart, subset: v1')) +
        rule('all', SUBSETS.replace('cart', '"*.cluster.local"')) +
        rule(
          'some',
          'host: "*.shop.svc.cluster.local", subsets: [{ name: a }]',
        ),
      'VirtualService r spec.http[0].route[0].destination.subset: VirtualService shop/r routes to the subset v1 of cart, but DestinationRules for it define a only: requests to it are answered 503',
    ],
    [
      'a subset of a rule for a wildcard, beside a rule for the host',
      virtualService('r', to('host: cart, subset: v1')) +
        rule('all', SUBSETS.replace('cart', '"*.shop.svc.cluster.local"')) +
        rule('cart', 'host: cart'),
      'VirtualService r spec.http[0].route[0].destination.subset: VirtualService shop/r routes to the subset v1 of cart, but no DestinationRule for it defines subsets: requests to it are answered 503',
    ],
    [
      'a gateway that is not there',
      virtualService('r', `gateways: [mesh, edge/public], ${to('host: cart')}`),
      'VirtualService r spec.gateways[1]: VirtualService shop/r is bound to the gateway edge/public, but there is no Gateway edge/public',
    ],
    [
      'a gateway of its namespace',
      virtualService('r', `gateways: [public], ${to('host: cart')}`) +
        istio('Gateway', 'public', '{ servers: [] }'),
      undefined,
    ],
  ])('IST0101: %s', (_, yaml, expected) => {
    expect(findings('IST0101', CART + yaml)).toEqual(
      expected === undefined ? [] : [expected],
    );
  });

  it.each<[string, string, boolean]>([
    [
      'a namespace with injection',
      INJECTED + pod('old', { mode: 'none' }),
      true,
    ],
    ['a pod with its proxy', INJECTED + pod('old'), false],
    ['a native sidecar', INJECTED + pod('old', { mode: 'native' }), false],
    ['no injection', namespace('shop') + pod('old', { mode: 'none' }), false],
    [
      'a pod that does not want one',
      INJECTED +
        pod('old', {
          mode: 'none',
          labels: 'sidecar.istio.io/inject: "false"',
        }),
      false,
    ],
    [
      'a pod that has ended',
      INJECTED + pod('old', { mode: 'none' }).replace('Running', 'Succeeded'),
      false,
    ],
    [
      'a pod on the network of its node',
      INJECTED +
        pod('old', { mode: 'none' }).replace(
          'spec:',
          'spec:\n  hostNetwork: true',
        ),
      false,
    ],
  ])('IST0103: %s', (_, yaml, found) => {
    expect(findings('IST0103', yaml)).toEqual(
      found
        ? [
            'Pod old-1 spec.containers: Pod shop/old-1 has no container istio-proxy, though Namespace shop has istio-injection=enabled: restart its workload',
          ]
        : [],
    );
  });

  const others = (first: string, second: string) =>
    virtualService('first', `${first}${to('host: cart')}`) +
    virtualService('second', `${second}${to('host: cart')}`);

  it.each<[string, string, number]>([
    ['the same host', others('', ''), 2],
    [
      'another host',
      others('', '').replace('hosts: [cart]', 'hosts: [web]'),
      0,
    ],
    ['bound to a gateway only', others('', 'gateways: [public], '), 0],
    ['bound to the mesh as well', others('', 'gateways: [public, mesh], '), 2],
    [
      'private ones of two places',
      others('exportTo: [a], ', 'exportTo: [b], '),
      0,
    ],
    ['a public and a private one', others('', 'exportTo: [a], '), 2],
    [
      'a wildcard and one host that it covers, of the same scope',
      others('', '').replace('[cart]', '["*.svc.cluster.local"]'),
      0,
    ],
  ])('IST0109: %s', (_, yaml, count) => {
    const found = findings('IST0109', CART + yaml);
    expect(found).toHaveLength(count);
    expect(
      found.every(text =>
        text.endsWith(
          'spec.hosts: VirtualServices shop/first, shop/second are all for the host cart.shop.svc.cluster.local in the mesh; the oldest is shop/first',
        ),
      ),
    ).toBe(true);
  });

  it.each<[string, string, string | undefined]>([
    [
      'labels that no pod has',
      CART + allow('selector: { matchLabels: { app: crat } }'),
      'AuthorizationPolicy allow spec.selector: AuthorizationPolicy shop/allow applies to nothing: Namespace shop has no pod in the mesh with app=crat',
    ],
    [
      'a pod outside the mesh',
      pod('cart', { mode: 'none' }) +
        namespace('shop') +
        allow('selector: { matchLabels: { app: cart } }'),
      'AuthorizationPolicy allow spec.selector: AuthorizationPolicy shop/allow applies to nothing: Namespace shop has no pod in the mesh with app=cart',
    ],
    [
      'a namespace without pods',
      CART + allow('action: ALLOW', 'empty'),
      'AuthorizationPolicy allow spec: AuthorizationPolicy empty/allow applies to nothing: Namespace empty has no pod in the mesh',
    ],
    [
      'the labels of a pod',
      CART + allow('selector: { matchLabels: { app: cart } }'),
      undefined,
    ],
    [
      'the template of a workload that has no pods yet',
      namespace('shop', 'istio-injection: enabled') +
        deployment('cart') +
        allow('selector: { matchLabels: { app: cart } }'),
      undefined,
    ],
    [
      'the root namespace, for a template anywhere',
      namespace('shop', 'istio-injection: enabled') +
        deployment('cart') +
        allow('selector: { matchLabels: { app: cart } }', 'istio-system'),
      undefined,
    ],
    [
      'the template of another workload',
      namespace('shop', 'istio-injection: enabled') +
        deployment('cart') +
        allow('selector: { matchLabels: { app: crat } }'),
      'AuthorizationPolicy allow spec.selector: AuthorizationPolicy shop/allow applies to nothing: Namespace shop has no pod in the mesh with app=crat',
    ],
    [
      'a pod in ambient mode',
      pod('cart', { mode: 'ambient' }) + allow('action: ALLOW'),
      undefined,
    ],
    [
      'the root namespace, for pods anywhere',
      CART + allow('selector: { matchLabels: { app: cart } }', 'istio-system'),
      undefined,
    ],
    [
      'the root namespace, for pods nowhere',
      CART + allow('selector: { matchLabels: { app: crat } }', 'istio-system'),
      'AuthorizationPolicy allow spec.selector: AuthorizationPolicy istio-system/allow applies to nothing: no namespace has a pod in the mesh with app=crat',
    ],
    [
      'the root namespace, for everything',
      allow('action: ALLOW', 'istio-system'),
      undefined,
    ],
    [
      'a target instead of a selector',
      allow('targetRefs: [{ group: "", kind: Service, name: cart }]'),
      undefined,
    ],
  ])('IST0127: %s', (_, yaml, expected) => {
    expect(findings('IST0127', yaml)).toEqual(
      expected === undefined ? [] : [expected],
    );
  });

  it.each<[string, string, string[]]>([
    [
      'after a rule without conditions',
      `http: [{ ${ROUTE} }, { name: late, ${prefix('/a')}, ${ROUTE} }]`,
      [
        'spec.http[1]: http[1] (late) of VirtualService shop/r is never used: http[0] has no conditions and takes everything',
      ],
    ],
    [
      'with the conditions of earlier ones',
      `http: [{ ${prefix(
        '/a',
      )}, ${ROUTE} }, { match: [{ name: x, uri: { prefix: /a } }], ${ROUTE} }]`,
      [
        'spec.http[1]: http[1] of VirtualService shop/r is never used: earlier rules have all of its conditions',
      ],
    ],
    [
      'of TCP',
      'tcp: [{ route: [{ destination: { host: cart } }] }, { route: [{ destination: { host: cart } }] }]',
      [
        'spec.tcp[1]: tcp[1] of VirtualService shop/r is never used: tcp[0] has no conditions and takes everything',
      ],
    ],
    [
      'the same, written with what holds anyway',
      `http: [{ match: [{ uri: { prefix: /a }, ignoreUriCase: false, gateways: [], headers: {}, statPrefix: "" }], ${ROUTE} }, { ${prefix(
        '/a',
      )}, ${ROUTE} }]`,
      [
        'spec.http[1]: http[1] of VirtualService shop/r is never used: earlier rules have all of its conditions',
      ],
    ],
    [
      'the last one takes the rest',
      `http: [{ ${prefix('/a')}, ${ROUTE} }, { ${ROUTE} }]`,
      [],
    ],
    [
      'one alternative of two',
      `http: [{ ${prefix(
        '/a',
      )}, ${ROUTE} }, { match: [{ uri: { prefix: /a } }, { uri: { prefix: /b } }], ${ROUTE} }]`,
      [],
    ],
  ])('IST0130: %s', (_, spec, expected) => {
    expect(findings('IST0130', CART + virtualService('r', spec))).toEqual(
      expected.map(text => `VirtualService r ${text}`),
    );
  });

  it.each<[string, string, string[]]>([
    [
      'the same alternative',
      `http: [{ ${prefix(
        '/a',
      )}, ${ROUTE} }, { match: [{ uri: { prefix: /b } }, { uri: { prefix: /a } }], ${ROUTE} }]`,
      ['http[1].match[1]'],
    ],
    [
      'a shorter prefix before a longer one',
      `http: [{ ${prefix('/a')}, ${ROUTE} }, { ${prefix('/a/b')}, ${ROUTE} }]`,
      ['http[1].match[0]'],
    ],
    [
      'a longer prefix before a shorter one',
      `http: [{ ${prefix('/a/b')}, ${ROUTE} }, { ${prefix('/a')}, ${ROUTE} }]`,
      [],
    ],
    [
      'a shorter prefix with another condition',
      `http: [{ match: [{ uri: { prefix: /a }, method: { exact: GET } }], ${ROUTE} }, { ${prefix(
        '/a/b',
      )}, ${ROUTE} }]`,
      [],
    ],
    [
      'a rule that IST0130 is about',
      `http: [{ ${ROUTE} }, { ${prefix('/a')}, ${ROUTE} }, { ${prefix(
        '/a',
      )}, ${ROUTE} }]`,
      [],
    ],
  ])('IST0131: %s', (_, spec, places) => {
    expect(findings('IST0131', CART + virtualService('r', spec))).toEqual(
      places.map(
        place =>
          `VirtualService r spec.${place}: ${place} of VirtualService shop/r is never used: http[0] takes all that it would match`,
      ),
    );
  });

  it.each<[string, string, boolean]>([
    ['crat', '', true],
    ['cart.shop', '', true],
    ['cart', '', false],
    ['cart.shop.svc.cluster.local', '', false],
    ['"*.shop.svc.cluster.local"', '', false],
    ['"*.data.svc.cluster.local"', '', true],
    [
      'a.example.org',
      istio('ServiceEntry', 'e', '{ hosts: ["*.example.org"] }'),
      false,
    ],
    ['db.data.svc.cluster.local', forPlaces('.'), true],
    ['db.data.svc.cluster.local', forPlaces('~'), true],
    ['db.data.svc.cluster.local', forPlaces('data, shop'), false],
    ['"*.data.svc.cluster.local"', forPlaces('other'), true],
    ['"*.data.svc.cluster.local"', forPlaces('*'), false],
    ['db.data.svc.cluster.local, exportTo: [other]', forPlaces('other'), false],
    ['a.example.org', entryIn('data', 'hosts: [a.example.org]'), false],
    [
      'a.example.org',
      entryIn('data', 'hosts: [a.example.org], exportTo: [.]'),
      true,
    ],
    ['a.example.org', entryIn('data', 'hosts: ["*"], exportTo: [web]'), true],
    [
      'a.example.org, exportTo: [web]',
      entryIn('data', 'hosts: ["*"], exportTo: [web]'),
      false,
    ],
    [
      'db.data.svc.cluster.local',
      service('db', { namespace: 'data' }) +
        meshSettings('defaultServiceExportTo: ["."]'),
      true,
    ],
  ])('IST0174: %s %s', (host, yaml, found) => {
    expect(
      findings('IST0174', CART + yaml + rule('r', `host: ${host}`)),
    ).toHaveLength(found ? 1 : 0);
  });

  it('IST0174 leaves out rules of the root namespace for what only its own clients see', () => {
    expect(
      findings(
        'IST0174',
        forPlaces('.') +
          rule('r', 'host: db.data.svc.cluster.local', 'istio-system'),
      ),
    ).toEqual([]);
  });

  const STRICT = 'mtls: { mode: STRICT }';
  const disable = (extra = '') =>
    rule(
      'plain',
      `host: cart, trafficPolicy: { tls: { mode: DISABLE }${extra} }`,
    );

  it.each<[string, string, string | undefined]>([
    [
      'DISABLE against STRICT',
      CART + peer(STRICT) + disable(),
      'spec.trafficPolicy.tls.mode',
    ],
    [
      'DISABLE for one port',
      CART +
        peer(STRICT) +
        rule(
          'plain',
          'host: cart, trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: DISABLE } }] }',
        ),
      'spec.trafficPolicy.portLevelSettings[0].tls.mode',
    ],
    [
      'DISABLE for another port',
      CART +
        peer(STRICT) +
        rule(
          'plain',
          'host: cart, trafficPolicy: { portLevelSettings: [{ port: { number: 81 }, tls: { mode: DISABLE } }] }',
        ),
      undefined,
    ],
    ['DISABLE against PERMISSIVE', CART + disable(), undefined],
    [
      'a server in ambient mode, which clients call by HBONE',
      pod('cart', { mode: 'ambient' }) +
        service('cart') +
        peer(STRICT) +
        disable(),
      undefined,
    ],
    [
      'a rule for the namespace, which is KIA0207',
      CART +
        peer(STRICT) +
        disable().replace('host: cart', 'host: "*.shop.svc.cluster.local"'),
      undefined,
    ],
    [
      'a rule for the namespace against the policy of a workload',
      CART +
        peer(`selector: { matchLabels: { app: cart } }, ${STRICT}`) +
        disable().replace('host: cart', 'host: "*.shop.svc.cluster.local"'),
      'spec.trafficPolicy.tls.mode',
    ],
  ])('MESH-I0101: %s', (_, yaml, field) => {
    expect(findings('MESH-I0101', yaml)).toEqual(
      field === undefined
        ? []
        : [
            `DestinationRule plain ${field}: DestinationRule shop/plain makes clients send plaintext to port 80 of Service shop/cart, where Pod cart-1 accepts mutual TLS only: connections fail`,
          ],
    );
  });

  const portLevel = (port: number) =>
    peer(
      `selector: { matchLabels: { app: cart } }, portLevelMtls: { "${port}": { mode: DISABLE } }`,
    );

  it.each<[string, string, string | undefined]>([
    [
      'the port of the Service',
      CART + portLevel(80),
      'PeerAuthentication strict spec.portLevelMtls.80: PeerAuthentication shop/strict sets the mode of port 80, which no container of the workloads has that it selects: 80 is a port of their Service, which leads to 8080',
    ],
    [
      'a port that nobody has',
      CART + portLevel(9),
      'PeerAuthentication strict spec.portLevelMtls.9: PeerAuthentication shop/strict sets the mode of port 9, which no container of the workloads has that it selects (they have 8080)',
    ],
    ['the port of the container', CART + portLevel(8080), undefined],
    ['no pods', portLevel(9), undefined],
    [
      'a port that only a Service leads to',
      pod('cart', { ports: '' }) + service('cart') + portLevel(8080),
      undefined,
    ],
  ])('MESH-I0102: %s', (_, yaml, expected) => {
    expect(findings('MESH-I0102', yaml)).toEqual(
      expected === undefined ? [] : [expected],
    );
  });

  const near = '{ localityLbSetting: { failoverPriority: [region] } }';

  it.each<[string, string, string[]]>([
    [
      'failover without detection',
      `trafficPolicy: { loadBalancer: ${near} }`,
      ['spec.trafficPolicy.loadBalancer.localityLbSetting'],
    ],
    [
      'failover with detection',
      `trafficPolicy: { outlierDetection: {}, loadBalancer: ${near} }`,
      [],
    ],
    [
      'settings for a port, which inherit no detection',
      `trafficPolicy: { outlierDetection: {}, portLevelSettings: [{ port: { number: 80 }, loadBalancer: ${near} }] }`,
      [
        'spec.trafficPolicy.portLevelSettings[0].loadBalancer.localityLbSetting',
      ],
    ],
    [
      'a subset, which inherits it',
      `trafficPolicy: { outlierDetection: {} }, subsets: [{ name: v1, trafficPolicy: { loadBalancer: ${near} } }]`,
      [],
    ],
    [
      'shares',
      'trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [{ from: "*", to: { "*": 100 } }] } } }',
      [],
    ],
    [
      'off',
      'trafficPolicy: { loadBalancer: { localityLbSetting: { enabled: false } } }',
      [],
    ],
  ])('MESH-I0103: %s', (_, spec, fields) => {
    expect(
      findings('MESH-I0103', CART + rule('near', `host: cart, ${spec}`)),
    ).toEqual(
      fields.map(field =>
        expect.stringContaining(`DestinationRule near ${field}: `),
      ),
    );
  });

  it('reports objects that are malformed', () => {
    expect(findings('MESH-0001', virtualService('r', 'http: many'))).toEqual([
      expect.stringContaining('VirtualService r spec.http'),
    ]);
  });

  it('says nothing about a cluster without Istio', () => {
    expect(
      Analyzer.create(ISTIO_CHECKS).analyze(
        clusterOf(pod('cart', { mode: 'none' }) + service('cart')),
      ).findings,
    ).toEqual([]);
  });

  it('says which checks did not run, and why', () => {
    const { skipped } = Analyzer.create(ISTIO_CHECKS).analyze(
      clusterOf(ISTIO + virtualService('r', to('host: cart')), {
        forbidden: ['Service'],
      }),
    );
    expect(skipped).toContainEqual({
      code: 'IST0101',
      cluster: 'test',
      message: 'Service: Service is forbidden',
    });
  });

  it('finds the same whether it starts anew or goes on', () => {
    const objects = objectsOf(
      ISTIO +
        INJECTED +
        CART +
        pod('old', { mode: 'none' }) +
        others('', 'exportTo: ["."], ') +
        virtualService('r', to('host: cart, subset: v2')) +
        virtualService('s', to('host: cart, subset: v3'), 'other') +
        virtualService(
          't',
          `http: [{ ${prefix('/a')}, ${ROUTE} }, { ${prefix(
            '/a/b',
          )}, ${ROUTE} }, { ${ROUTE} }, { ${ROUTE} }]`,
        ) +
        rule('cart', SUBSETS) +
        rule('none', 'host: crat') +
        rule('near', `host: cart, trafficPolicy: { loadBalancer: ${near} }`) +
        disable() +
        peer(STRICT) +
        portLevel(80).replace('name: strict', 'name: port') +
        allow('selector: { matchLabels: { app: cart } }') +
        allow('selector: { matchLabels: { app: crat } }', 'istio-system'),
    ).flatMap(raw => {
      const result = parseObject(raw);
      return result.status === 'parsed' ? [result.parsed] : [];
    });
    const change = fc.constantFrom(...objects).chain(parsed => {
      const { kindId, object } = parsed;
      const { namespace: place, name } = object.metadata;
      return fc.constantFrom<SnapshotChange>(
        { type: 'put', parsed },
        {
          type: 'delete',
          kindId,
          name,
          ...(place && { namespace: place }),
        },
      );
    });
    const whole = MeshSnapshot.empty('test').apply(
      objects.map(parsed => ({ type: 'put', parsed })),
    );
    const isOurs = (code: string) =>
      EXAMPLES.every(([other]) => other !== code);
    expect(
      new Set(
        Analyzer.create(ISTIO_CHECKS)
          .analyze(whole)
          .findings.map(({ code }) => code)
          .filter(isOurs),
      ),
    ).toEqual(new Set(ISTIO_CHECKS.map(({ code }) => code).filter(isOurs)));
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 6 })), batches => {
        const incremental = Analyzer.create(ISTIO_CHECKS);
        let snapshot = whole;
        for (const batch of batches) {
          snapshot = snapshot.apply(batch);
          expect(incremental.analyze(snapshot)).toEqual(
            Analyzer.create(ISTIO_CHECKS).analyze(snapshot),
          );
        }
      }),
    );
  });
});
