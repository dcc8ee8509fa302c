import { clusterOf } from '../../__testUtils__/cluster';
import { KindId } from '../../kubernetes/kinds';
import {
  ISTIO,
  istio,
  meshSettings,
  pod,
  service,
} from '../__testUtils__/istio';
import { ProxyCluster } from './cluster';
import { clusterSeenBy } from './clusterSeenBy';

const CART = 'cart.shop.svc.cluster.local';

interface Question {
  host?: string;
  port?: number;
  subset?: string;
  proxy?: 'sidecar' | 'gateway';
  from?: string;
  settings?: string;
  forbidden?: KindId[];
}

function answer(yaml: string, question: Question = {}) {
  const { host = CART, port = 80, subset, settings = ISTIO } = question;
  return clusterSeenBy(
    clusterOf(settings + yaml, { forbidden: question.forbidden }),
    { host, port, ...(subset && { subset }) },
    {
      proxy: question.proxy ?? 'sidecar',
      namespace: question.from ?? 'web',
      labels: { app: 'web' },
    },
  );
}

function present(yaml: string, question: Question = {}): ProxyCluster {
  const found = answer(yaml, question);
  if (found.state !== 'present') {
    throw new TypeError(`There is no cluster: ${JSON.stringify(found)}`);
  }
  return found;
}

const places = ({ endpoints }: ProxyCluster) =>
  endpoints?.map(({ address, mtls, weight }) =>
    [address, mtls?.value, weight].filter(part => part !== undefined).join(' '),
  );

const pods =
  pod('cart', { ip: '10.0.0.9', labels: 'version: v1' }) +
  pod('plain', { mode: 'none', ip: '10.0.0.2', labels: 'group: all' });
const cart = pods + service('cart');
const rule = (policy: string, extra = '') =>
  istio(
    'DestinationRule',
    'cart',
    `{ host: cart, trafficPolicy: ${policy} ${extra} }`,
  );
const entry = (spec: string, name = 'entry', namespace = 'shop') =>
  istio('ServiceEntry', name, spec, { namespace });
const HTTP = '{ number: 80, name: http, protocol: HTTP }';

describe('clusterSeenBy', () => {
  it('has Istio defaults and auto mTLS by endpoint', () => {
    const unselected = pods + service('cart').replace('{ app: cart }', '{ }');
    expect(present(cart)).toMatchObject({
      tls: { mode: 'auto-mtls', isWritten: false },
      balancing: { resolution: 'endpoints', loadBalancer: 'LEAST_REQUEST' },
      connections: { connectTimeoutMs: 10_000, pool: {} },
    });
    expect(places(present(cart))).toEqual(['10.0.0.9:8080 true']);
    // Who writes the endpoints of a Service without selector is not known.
    expect(present(unselected).endpoints).toBeUndefined();
  });

  it('has no names among endpoints that are not looked up', () => {
    const both =
      entry(
        `{ hosts: [api.example], ports: [${HTTP}], resolution: STATIC, endpoints: [{ address: 192.0.2.1 }] }`,
        'static',
      ) +
      entry(
        `{ hosts: [api.example], ports: [${HTTP}], resolution: DNS }`,
        'dns',
      );
    expect(places(present(both, { host: 'api.example' }))).toEqual([
      '192.0.2.1:80',
    ]);
  });

  it('says that the proxy uses a certificate of its own', () => {
    const cluster = clusterSeenBy(
      clusterOf(ISTIO + cart),
      { host: CART, port: 80 },
      { proxy: 'sidecar', namespace: 'web', labels: {}, ownCertificate: true },
    );
    expect(cluster).toMatchObject({
      tls: { mode: 'auto-mtls', ownCertificate: true },
    });
    expect(present(cart).tls).not.toHaveProperty('ownCertificate');
  });

  it.each([
    ['a host of the mesh', 'MESH_INTERNAL', '', true],
    ['no host outside', 'MESH_EXTERNAL', '', undefined],
    [
      'but one outside too, where istiod is told so',
      'MESH_EXTERNAL',
      'false',
      true,
    ],
  ])(
    'which for %s counts before a DestinationRule',
    (_, location, prefers, own) => {
      const istiod = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec: { containers: [{ name: discovery, image: "pilot:1.31.0", env: [{ name: PREFER_DESTINATIONRULE_TLS_FOR_EXTERNAL_SERVICES, value: "${prefers}" }] }] }
`;
      const cluster = clusterSeenBy(
        clusterOf(
          ISTIO +
            (prefers && istiod) +
            entry(
              `{ hosts: [api.example], ports: [${HTTP}], location: ${location}, resolution: DNS }`,
            ) +
            istio(
              'DestinationRule',
              'api',
              '{ host: api.example, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }',
            ),
        ),
        { host: 'api.example', port: 80 },
        {
          proxy: 'sidecar',
          namespace: 'shop',
          labels: {},
          ownCertificate: true,
        },
      );
      expect(cluster).toMatchObject({ tls: { mode: 'ISTIO_MUTUAL' } });
      expect(cluster.state === 'present' && cluster.tls.ownCertificate).toBe(
        own,
      );
    },
  );

  it.each<[string, string, Question, string]>([
    [
      'no service',
      cart,
      { host: 'nobody.example' },
      'knows no host nobody.example',
    ],
    ['no such port', cart, { port: 81 }, 'has no port 81'],
    [
      'no rule for the subset',
      cart,
      { subset: 'v1' },
      'there is no DestinationRule',
    ],
    [
      'a rule without the subset',
      cart + rule('{ }', ', subsets: [{ name: v2 }]'),
      { subset: 'v1' },
      'has no subset v1',
    ],
    [
      'a name that is looked up and none of whose endpoints is in the subset',
      entry(`{ hosts: [api.example], ports: [${HTTP}], resolution: DNS }`) +
        istio(
          'DestinationRule',
          'api',
          '{ host: api.example, subsets: [{ name: v1, labels: { version: v1 } }] }',
        ),
      { host: 'api.example', subset: 'v1' },
      'no name that could be looked up',
    ],
    [
      'an ExternalName Service for a host outside the mesh',
      service('cart', {
        spec: 'type: ExternalName\n  externalName: out.example',
      }),
      {},
      'knows no host out.example',
    ],
  ])('has none: %s', (_, yaml, question, text) => {
    const found = answer(yaml, question);
    expect(found.state).toBe('missing');
    expect(JSON.stringify('reasons' in found && found.reasons)).toContain(text);
  });

  it('takes an ExternalName Service for the host that it stands for', () => {
    const alias = service('alias', {
      spec: `type: ExternalName\n  externalName: ${CART}`,
    });
    expect(
      present(cart + alias, { host: 'alias.shop.svc.cluster.local' }),
    ).toMatchObject({ host: CART });
  });

  it.each<[string, string, Question, object]>([
    ['DISABLE', '{ mode: DISABLE }', {}, { mode: 'DISABLE' }],
    ['ISTIO_MUTUAL', '{ mode: ISTIO_MUTUAL }', {}, { mode: 'ISTIO_MUTUAL' }],
    [
      'SIMPLE with names',
      '{ mode: SIMPLE, sni: a.example, subjectAltNames: [b.example] }',
      {},
      { mode: 'SIMPLE', sni: 'a.example', sans: ['b.example'] },
    ],
    [
      'names are not looked at',
      '{ mode: SIMPLE, subjectAltNames: [b.example], insecureSkipVerify: true }',
      {},
      { mode: 'SIMPLE', isWritten: true, reasons: expect.anything() },
    ],
    [
      'a certificate by name, for a sidecar',
      '{ mode: MUTUAL, credentialName: cert }',
      {},
      { mode: 'DISABLE' },
    ],
    [
      'a certificate by name, for a gateway',
      '{ mode: MUTUAL, credentialName: cert }',
      { proxy: 'gateway' },
      { mode: 'MUTUAL' },
    ],
  ])('TLS: %s', (_, tls, question, expected) => {
    const found = present(cart + rule(`{ tls: ${tls} }`), question);
    expect(found.tls).toMatchObject({ ...expected, isWritten: true });
    expect(found.tls.sans).toEqual(
      'sans' in expected ? expected.sans : undefined,
    );
    expect(found.tls.reasons[0]).toMatchObject({
      object: { name: 'cart' },
      field: 'spec.trafficPolicy.tls',
    });
  });

  const headless = (yaml: string) =>
    yaml + service('cart').replace('10.0.0.1', 'None');
  it.each<[string, string, Question, string, string, string[]]>([
    [
      'a headless Service, for a sidecar',
      headless(pods),
      {},
      'original-destination',
      'ISTIO_MUTUAL',
      [],
    ],
    [
      'a headless Service, for a gateway',
      headless(pods),
      { proxy: 'gateway' },
      'endpoints',
      'auto-mtls',
      ['10.0.0.9:8080 true'],
    ],
    [
      'a headless Service with a pod that takes none',
      headless(
        pods.replace('group: all', 'app: cart').replace('app: plain', ''),
      ),
      {},
      'original-destination',
      'DISABLE',
      [],
    ],
    [
      'a headless Service without pods',
      headless(''),
      {},
      'original-destination',
      'DISABLE',
      [],
    ],
    [
      'PASSTHROUGH',
      cart + rule('{ loadBalancer: { simple: PASSTHROUGH } }'),
      { proxy: 'gateway' },
      'original-destination',
      'ISTIO_MUTUAL',
      [],
    ],
    [
      'an entry with resolution NONE',
      entry(`{ hosts: [${CART}], ports: [${HTTP}], location: MESH_INTERNAL }`),
      {},
      'original-destination',
      'DISABLE',
      [],
    ],
    [
      'a namespace whose mode is DISABLE',
      cart + istio('PeerAuthentication', 'all', '{ mtls: { mode: DISABLE } }'),
      {},
      'endpoints',
      'DISABLE',
      ['10.0.0.9:8080'],
    ],
    [
      'a port whose mode is DISABLE',
      cart +
        istio(
          'PeerAuthentication',
          'cart',
          '{ selector: { matchLabels: { app: cart } }, portLevelMtls: { 8080: { mode: DISABLE } } }',
        ),
      {},
      'endpoints',
      'auto-mtls',
      ['10.0.0.9:8080 false'],
    ],
    [
      'auto mTLS off',
      cart,
      { settings: meshSettings('enableAutoMtls: false') },
      'endpoints',
      'DISABLE',
      ['10.0.0.9:8080'],
    ],
  ])(
    'resolution and auto mTLS: %s',
    (_, yaml, question, resolution, mode, at) => {
      const found = present(yaml, question);
      expect(found.balancing.resolution).toBe(resolution);
      expect(found.tls.mode).toBe(mode);
      expect(found.tls.reasons).not.toHaveLength(0);
      expect(places(found)).toEqual(at);
    },
  );

  it.each<[string, string, string[]]>([
    [
      'as written, with ports and weights',
      entry(
        `{ hosts: [${CART}], ports: [{ number: 80, name: http, protocol: HTTP, targetPort: 8000 }],
           location: MESH_INTERNAL, resolution: STATIC,
           endpoints: [{ address: 192.0.2.2, weight: 3 }, { address: 192.0.2.1, ports: { http: 9000 } },
             { address: '2001:db8::1', serviceAccount: vm }, { address: 'unix:///run/cart' }] }`,
      ),
      [
        '/run/cart false',
        '192.0.2.1:9000 false',
        '192.0.2.2:8000 false 3',
        '[2001:db8::1]:8000 true',
      ],
    ],
    [
      'WorkloadEntries and pods that it selects',
      entry(
        `{ hosts: [${CART}], ports: [${HTTP}], location: MESH_INTERNAL, resolution: STATIC,
           workloadSelector: { labels: { app: cart } } }`,
      ) +
        pods +
        istio(
          'WorkloadEntry',
          'vm',
          '{ address: 192.0.2.1, labels: { app: cart }, serviceAccount: vm }',
        ) +
        istio(
          'WorkloadEntry',
          'off',
          `{ address: 192.0.2.2, serviceAccount: vm,
          labels: { app: cart, security.istio.io/tlsMode: disabled } }`,
        ) +
        istio(
          'WorkloadEntry',
          'far',
          '{ address: 192.0.2.3, labels: { app: cart } }',
          { namespace: 'web' },
        ),
      ['10.0.0.9:80 true', '192.0.2.1:80 true', '192.0.2.2:80 false'],
    ],
    [
      'a policy for the WorkloadEntry',
      entry(
        `{ hosts: [${CART}], ports: [${HTTP}], location: MESH_INTERNAL, resolution: STATIC,
           workloadSelector: { labels: { app: vm } } }`,
      ) +
        istio(
          'WorkloadEntry',
          'vm',
          '{ address: 192.0.2.1, labels: { app: vm }, serviceAccount: vm }',
        ) +
        istio(
          'PeerAuthentication',
          'vm',
          '{ selector: { matchLabels: { app: vm } }, mtls: { mode: DISABLE } }',
        ),
      ['192.0.2.1:80 false'],
    ],
    [
      'WorkloadEntries of a Service; a port of theirs wins',
      cart +
        istio(
          'WorkloadEntry',
          'vm',
          '{ address: 192.0.2.1, labels: { app: cart }, ports: { http: 90 } }',
        ) +
        istio(
          'WorkloadEntry',
          'dns',
          '{ address: vm.example, labels: { app: cart } }',
        ),
      ['10.0.0.9:8080 true', '192.0.2.1:90 false'],
    ],
    [
      'an entry that adds to a Service of its namespace',
      cart +
        entry(
          `{ hosts: [${CART}], ports: [${HTTP}], resolution: STATIC, endpoints: [{ address: 192.0.2.1 }] }`,
        ) +
        entry(
          `{ hosts: [${CART}], ports: [{ number: 80, name: other }], resolution: STATIC, endpoints: [{ address: 192.0.2.2 }] }`,
          'other',
        ),
      ['10.0.0.9:8080 true', '192.0.2.1:80 false'],
    ],
  ])('endpoints: %s', (_, yaml, expected) => {
    expect(places(present(yaml))).toEqual(expected);
  });

  it('merges the ports of entries of one host and namespace', () => {
    const one = (name: string, port: number, extra = '') =>
      entry(
        `{ hosts: [api.example], resolution: STATIC, ports: [{ number: ${port}, name: p${port} }],
           endpoints: [{ address: 192.0.2.${port} }] ${extra} }`,
        name,
      );
    const api = { host: 'api.example', port: 82 };
    expect(places(present(one('a', 81) + one('b', 82), api))).toEqual([
      '192.0.2.82:82',
    ]);
    expect(
      answer(one('a', 81) + one('b', 82, ', exportTo: ["*"]'), api).state,
    ).toBe('missing');
  });

  it('takes of several namespaces the one that the Sidecar imports', () => {
    const of = (namespace: string, address: string) =>
      entry(
        `{ hosts: [api.example], ports: [${HTTP}], resolution: STATIC, endpoints: [{ address: ${address} }] }`,
        'api',
        namespace,
      );
    const both = of('shop', '192.0.2.1') + of('pay', '192.0.2.2');
    const api = { host: 'api.example' };
    expect(places(present(both, api))).toEqual(['192.0.2.1:80']);
    expect(places(present(both, { ...api, from: 'pay' }))).toEqual([
      '192.0.2.2:80',
    ]);
    const sidecar = istio(
      'Sidecar',
      'web',
      '{ egress: [{ hosts: [pay/*] }] }',
      {
        namespace: 'web',
      },
    );
    expect(places(present(both + sidecar, api))).toEqual(['192.0.2.2:80']);
  });

  it('is unknown where an input could not be read', () => {
    expect(
      answer(cart, { forbidden: ['networking.istio.io/DestinationRule'] })
        .state,
    ).toBe('unknown');
    expect(present(cart, { forbidden: ['Pod'] }).endpoints).toBeUndefined();
  });
});
