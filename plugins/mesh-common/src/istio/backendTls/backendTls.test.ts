import { clusterOf } from '../../__testUtils__/cluster';
import { workloadOfPod } from '../../mesh/workloads';
import {
  ISTIO,
  istio,
  pod,
  podOf,
  service,
  serviceOf,
} from '../__testUtils__/istio';
import { clusterSeenBy } from '../cluster/clusterSeenBy';
import { sends } from '../sends';
import { seen } from '../walk/__testUtils__/walked';

const PORTS = '{ name: http, port: 80 }, { name: https, port: 443 }';
const CART = service('cart', { ports: PORTS });
const SYSTEM = 'wellKnownCACertificates: System, hostname: cart.example';
const ofConfigMap = (kind: string, name: string) =>
  `caCertificateRefs: [{ group: '', kind: ${kind}, name: ${name} }], hostname: cart.example`;

function istiod(version: string, env = ''): string {
  return `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec: { template: { spec: { containers: [{ name: discovery, image: "pilot:${version}", env: [${env}] }] } } }
`;
}

function configMap(name: string, data: string): string {
  return `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: shop }
data: ${data}
`;
}

interface PolicyOptions {
  target?: string;
  validation?: string;
  created?: string;
  annotations?: string;
  status?: string;
  place?: string;
}

function policy(name: string, options: PolicyOptions = {}): string {
  const {
    target = '{ group: "", kind: Service, name: cart }',
    validation = SYSTEM,
    created = '2026-01-01T00:00:00Z',
    annotations = '',
    status = '{}',
    place = 'shop',
  } = options;
  return `
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: { name: ${name}, namespace: ${place}, creationTimestamp: "${created}", annotations: { ${annotations} } }
spec: { targetRefs: [${target}], validation: { ${validation} } }
status: ${status}
`;
}

interface Question {
  origin?: 'cluster' | 'files';
  port?: number;
  proxy?: 'sidecar' | 'gateway';
  host?: string;
}

function cluster(yaml: string, question: Question = {}) {
  const {
    origin = 'files',
    port = 80,
    proxy = 'sidecar',
    host = 'cart.shop.svc.cluster.local',
  } = question;
  const found = clusterSeenBy(
    clusterOf(ISTIO + CART + yaml, { origin }),
    { host, port },
    { proxy, namespace: 'web', labels: {} },
  );
  if (found.state !== 'present') {
    throw new TypeError(`There is no cluster: ${JSON.stringify(found)}`);
  }
  return found;
}

/** `MODE by Kind name`, and the server name that is asked for. */
function tls(yaml: string, question: Question = {}): string {
  const { mode, sni, reasons } = cluster(yaml, question).tls;
  const [{ object }] = reasons;
  const kind = object?.kind.replace(/^.*\//, '');
  return [
    mode,
    ...(sni ? [sni] : []),
    ...(object ? ['by', kind, object.name] : []),
  ].join(' ');
}

const rule = (policyText: string, exportTo = '') =>
  istio(
    'DestinationRule',
    'cart',
    `{ host: cart, ${exportTo} trafficPolicy: ${policyText} }`,
  );
const HTTPS = '{ group: "", kind: Service, name: cart, sectionName: https }';
const accepted = (condition: string, sectionName = '') => `{ ancestors: [{
  controllerName: istio.io/mesh-controller,
  ancestorRef: { group: '', kind: Service, name: cart${sectionName} },
  conditions: [${condition}] }] }`;

describe('the TLS of a cluster by BackendTLSPolicies', () => {
  it.each<[string, string, Question, string]>([
    ['nothing', '', {}, 'auto-mtls'],
    [
      'a policy of the Service',
      policy('a'),
      {},
      'SIMPLE cart.example by BackendTLSPolicy a',
    ],
    [
      'the older of two',
      policy('a', { created: '2026-02-01T00:00:00Z' }) + policy('b'),
      {},
      'SIMPLE cart.example by BackendTLSPolicy b',
    ],
    [
      'the first by name of two of one age',
      policy('b') + policy('a'),
      {},
      'SIMPLE cart.example by BackendTLSPolicy a',
    ],
    ['one for another port', policy('a', { target: HTTPS }), {}, 'auto-mtls'],
    [
      'one for the port',
      policy('a', { target: HTTPS }),
      { port: 443 },
      'SIMPLE cart.example by BackendTLSPolicy a',
    ],
    [
      'one for the port before an older one for all',
      policy('a') +
        policy('b', { target: HTTPS, created: '2026-02-01T00:00:00Z' }),
      { port: 443 },
      'SIMPLE cart.example by BackendTLSPolicy b',
    ],
    [
      'one for a port that the Service has not',
      policy('a', {
        target:
          '{ group: "", kind: Service, name: cart, sectionName: nothing }',
      }),
      {},
      'auto-mtls',
    ],
    [
      'one for a Service of another namespace',
      policy('a', { place: 'web' }),
      {},
      'auto-mtls',
    ],
    [
      'one for a kind that Istio does not take',
      policy('a', { target: '{ group: example.org, kind: Pool, name: cart }' }),
      {},
      'auto-mtls',
    ],
    ['before Istio 1.28', policy('a') + istiod('1.27.3'), {}, 'auto-mtls'],
    [
      'before Istio 1.28, with what is experimental',
      policy('a') +
        istiod(
          '1.27.3',
          '{ name: PILOT_ENABLE_ALPHA_GATEWAY_API, value: "true" }',
        ),
      {},
      'SIMPLE cart.example by BackendTLSPolicy a',
    ],
    [
      'one that is not for Istio',
      policy('a', {
        annotations: 'istio.io/ignore-policy-attachment: "true"',
      }),
      {},
      'auto-mtls',
    ],
    [
      'one that is not for Istio, which 1.29 cannot tell',
      policy('a', {
        annotations: 'istio.io/ignore-policy-attachment: "true"',
      }) + istiod('1.29.1'),
      {},
      'SIMPLE cart.example by BackendTLSPolicy a',
    ],
    [
      'on a cluster, without a word of Istio',
      policy('a'),
      { origin: 'cluster' },
      'auto-mtls',
    ],
    [
      'on a cluster, accepted',
      policy('a', { status: accepted('{ type: Accepted, status: "True" }') }),
      { origin: 'cluster' },
      'SIMPLE cart.example by BackendTLSPolicy a',
    ],
    [
      'on a cluster, accepted for another port',
      policy('a', {
        target: HTTPS,
        status: accepted('{ type: Accepted, status: "True" }'),
      }),
      { origin: 'cluster', port: 443 },
      'auto-mtls',
    ],
    [
      'on a cluster, in conflict',
      policy('a', {
        status: accepted(
          '{ type: Accepted, status: "False", reason: Conflicted }',
        ),
      }),
      { origin: 'cluster' },
      'auto-mtls',
    ],
  ])('%s', (_, yaml, question, expected) => {
    expect(tls(yaml, question)).toBe(expected);
  });

  it('is that of each host of a ServiceEntry', () => {
    const yaml =
      istio(
        'ServiceEntry',
        'out',
        '{ hosts: [a.example, b.example], ports: [{ name: https, number: 443 }], resolution: DNS }',
      ) +
      policy('a', {
        target: '{ group: networking.istio.io, kind: ServiceEntry, name: out }',
      });
    expect(tls(yaml, { host: 'b.example', port: 443 })).toBe(
      'SIMPLE cart.example by BackendTLSPolicy a',
    );
  });

  it('checks the names that the policy has', () => {
    const { sans } = cluster(
      policy('a', {
        validation: `${SYSTEM}, subjectAltNames: [{ type: Hostname, hostname: x.example }, { type: URI, uri: "spiffe://a/b" }, { type: Other }]`,
      }),
    ).tls;
    expect(sans).toEqual(['x.example', 'spiffe://a/b']);
  });
});

describe('a BackendTLSPolicy beside a DestinationRule', () => {
  const POOL = 'connectionPool: { tcp: { maxConnections: 7 } }';
  const ISTIO_MUTUAL = 'tls: { mode: ISTIO_MUTUAL }';
  const V30 = istiod('1.30.3');
  const V31 = istiod('1.31.0');

  it.each<[string, string, Question, string, number | undefined]>([
    [
      'fills in the TLS',
      rule(`{ ${POOL} }`) + V31,
      {},
      'SIMPLE cart.example by BackendTLSPolicy a',
      7,
    ],
    [
      'leaves the TLS of the rule alone',
      rule(`{ ${POOL}, ${ISTIO_MUTUAL} }`) + V31,
      {},
      'ISTIO_MUTUAL by DestinationRule cart',
      7,
    ],
    [
      'up to 1.30 takes the place of the whole policy',
      rule(`{ ${POOL}, ${ISTIO_MUTUAL} }`) + V30,
      {},
      'SIMPLE cart.example by BackendTLSPolicy a',
      undefined,
    ],
    [
      'is not for ports that the rule has settings for',
      rule(`{ portLevelSettings: [{ port: { number: 80 }, ${POOL} }] }`) + V31,
      {},
      'auto-mtls',
      7,
    ],
    [
      'is not merged with a rule that says to whom it is exported',
      rule(`{ ${POOL} }`, 'exportTo: ["*"],') + V31,
      {},
      'auto-mtls',
      7,
    ],
  ])('%s', (_, yaml, question, expected, connections) => {
    const all = policy('a') + yaml;
    expect(tls(all, question).replace(/^auto-mtls.*$/, 'auto-mtls')).toBe(
      expected,
    );
    expect(cluster(all, question).connections.pool.maxConnections).toBe(
      connections,
    );
  });

  it('for a port fills in the settings of the port', () => {
    const yaml =
      policy('a', { target: HTTPS }) +
      rule(`{ portLevelSettings: [{ port: { number: 443 }, ${POOL} }] }`) +
      V31;
    const found = cluster(yaml, { port: 443 });
    expect(found.tls.mode).toBe('SIMPLE');
    expect(found.connections.pool.maxConnections).toBe(7);
  });

  it('for a port leaves unset what the rule says for all ports', () => {
    const yaml = policy('a', { target: HTTPS }) + rule(`{ ${POOL} }`) + V31;
    const found = cluster(yaml, { port: 443 });
    expect(found.tls.mode).toBe('SIMPLE');
    expect(found.connections.pool.maxConnections).toBeUndefined();
  });

  it('does not count where the namespace of the client has a rule', () => {
    const own = istio(
      'DestinationRule',
      'own',
      `{ host: cart.shop.svc.cluster.local, trafficPolicy: { ${POOL} } }`,
      { namespace: 'web' },
    );
    expect(tls(policy('a') + own)).toBe('auto-mtls');
  });
});

describe('the certificates of a BackendTLSPolicy', () => {
  const ca = configMap('ca', '{ ca.crt: x }');
  const empty = configMap('ca', '{ other: x }');
  const given = policy('a', { validation: ofConfigMap('ConfigMap', 'ca') });
  const secret = policy('a', { validation: ofConfigMap('Secret', 'ca') });
  const unresolved = policy('a', {
    validation: ofConfigMap('ConfigMap', 'ca'),
    status: accepted(
      '{ type: Accepted, status: "False", reason: NoValidCACertificate }, { type: ResolvedRefs, status: "False" }',
    ),
  });
  const gateway = { proxy: 'gateway' } as const;

  it.each<[string, string, Question, string]>([
    ['are found', given + ca, {}, 'SIMPLE'],
    ['are not among the files', given, {}, 'SIMPLE'],
    ['are not in the ConfigMap', given + empty, gateway, 'SIMPLE fails'],
    ['are in a Secret', secret, gateway, 'SIMPLE fails'],
    [
      'are missed by istiod',
      unresolved,
      { ...gateway, origin: 'cluster' },
      'SIMPLE fails',
    ],
    ['sidecar of 1.28', secret + istiod('1.28.4'), {}, 'DISABLE'],
    ['sidecar of 1.30', secret + istiod('1.30.3'), {}, 'unknown'],
    ['sidecar of 1.32', secret + istiod('1.32.0'), {}, 'SIMPLE fails'],
    ['sidecar of who knows', secret, {}, 'unknown'],
  ])('%s', (_, yaml, question, expected) => {
    const { mode, fails } = cluster(yaml, question).tls;
    expect(fails ? `${mode} fails` : mode).toBe(expected);
  });
});

describe('who decides by a BackendTLSPolicy', () => {
  const good = policy('a', {
    status: accepted('{ type: Accepted, status: "True" }'),
  });
  const web = pod('web', { ip: '10.1.0.1' });
  const plain = pod('cart', { mode: 'none', ip: '10.1.0.2' });
  const meshed = pod('cart', { ip: '10.1.0.2' });

  it.each([
    ['a workload without proxy', plain, 'delivered'],
    ['a sidecar, on a port that is HTTP', meshed, 'failed 503 UF'],
  ])('a request to %s', (_, cart, expected) => {
    expect(seen(web + cart + service('cart') + good)).toBe(expected);
  });

  it('is named by what the client sends', () => {
    const snapshot = clusterOf(ISTIO + meshed + service('cart') + good);
    const cart = podOf(snapshot, 'cart');
    const called = serviceOf(snapshot, 'cart');
    const answer = sends(
      snapshot,
      { namespace: 'web', labels: {}, mode: 'sidecar' },
      {
        workload: workloadOfPod(snapshot, cart),
        pod: cart,
        port: 8080,
        service: { service: called, port: called.spec.ports[0] },
      },
    );
    expect(answer).toMatchObject({
      value: 'fails',
      reasons: [
        {
          field: 'spec.validation',
          object: {
            kind: 'gateway.networking.k8s.io/BackendTLSPolicy',
            name: 'a',
          },
        },
      ],
    });
  });
});
