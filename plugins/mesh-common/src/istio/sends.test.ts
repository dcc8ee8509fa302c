import { clusterOf } from '../__testUtils__/cluster';
import { EnrolmentMode } from '../contract/mtls';
import { KindId } from '../kubernetes/kinds';
import { workloadOfPod } from '../mesh/workloads';
import {
  ISTIO,
  istio,
  meshSettings,
  namespace,
  pod,
  podOf,
  service,
  serviceOf,
} from './__testUtils__/istio';
import { sends } from './sends';

interface Question {
  client?: EnrolmentMode;
  from?: string;
  called?: boolean;
  settings?: string;
  forbidden?: KindId[];
  clientPod?: boolean;
}

function answer(yaml: string, question: Question = {}) {
  const {
    client = 'sidecar',
    from = 'web',
    called = true,
    settings = ISTIO,
    forbidden,
    clientPod,
  } = question;
  const snapshot = clusterOf(settings + yaml, { forbidden });
  const cart = podOf(snapshot, 'cart');
  const target = called ? serviceOf(snapshot, 'cart') : undefined;
  return sends(
    snapshot,
    {
      namespace: from,
      labels: { app: 'web' },
      mode: client,
      ...(clientPod && { pod: podOf(snapshot, 'web', 'web') }),
    },
    {
      workload: workloadOfPod(snapshot, cart),
      pod: cart,
      port: 8080,
      ...(target && {
        service: { service: target, port: target.spec.ports[0] },
      }),
    },
  );
}

const CART = pod('cart') + service('cart');
const AMBIENT = pod('cart', { mode: 'ambient' }) + service('cart');
const tls = (mode: string, extra = '') =>
  istio(
    'DestinationRule',
    'cart',
    `{ host: cart, trafficPolicy: { tls: { mode: ${mode} } }, ${extra} }`,
  );
const peer = (name: string, spec: string) =>
  istio('PeerAuthentication', name, spec);

describe('sends', () => {
  it.each<[string, string, Question, string]>([
    ['auto mTLS', CART, {}, 'mtls'],
    [
      'auto mTLS off',
      CART,
      { settings: meshSettings('enableAutoMtls: false') },
      'plaintext',
    ],
    [
      'a pod without a sidecar',
      pod('cart', { mode: 'none' }) + service('cart'),
      {},
      'plaintext',
    ],
    [
      'a pod whose label says no',
      pod('cart').replace('tlsMode: istio', 'tlsMode: disabled') +
        service('cart'),
      {},
      'plaintext',
    ],
    [
      'a port that is DISABLE',
      CART +
        peer(
          'w',
          '{ selector: { matchLabels: { app: cart } }, portLevelMtls: { 8080: { mode: DISABLE } } }',
        ),
      {},
      'plaintext',
    ],
    [
      'another port that is DISABLE',
      CART +
        peer(
          'w',
          '{ selector: { matchLabels: { app: cart } }, portLevelMtls: { 9090: { mode: DISABLE } } }',
        ),
      {},
      'mtls',
    ],
    [
      'a namespace that is DISABLE',
      CART + peer('n', '{ mtls: { mode: DISABLE } }'),
      {},
      'plaintext',
    ],
    [
      'a namespace that is DISABLE, a workload that is not',
      CART +
        peer('n', '{ mtls: { mode: DISABLE } }') +
        peer(
          'w',
          '{ selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT } }',
        ),
      {},
      'plaintext',
    ],
    ['TLS disabled by a rule', CART + tls('DISABLE'), {}, 'plaintext'],
    [
      'TLS disabled by a rule for others',
      CART +
        istio(
          'DestinationRule',
          'cart',
          "{ host: cart, exportTo: ['.'], trafficPolicy: { tls: { mode: DISABLE } } }",
        ),
      {},
      'mtls',
    ],
    [
      'mutual TLS by a rule',
      CART + tls('ISTIO_MUTUAL') + peer('n', '{ mtls: { mode: DISABLE } }'),
      {},
      'mtls',
    ],
    [
      'mutual TLS by a rule to a pod without proxy',
      pod('cart', { mode: 'none' }) + service('cart') + tls('ISTIO_MUTUAL'),
      {},
      'fails',
    ],
    [
      'TLS of its own to a port that is HTTP',
      CART + tls('SIMPLE'),
      {},
      'fails',
    ],
    [
      'TLS of its own to a port that is TCP',
      pod('cart') +
        service('cart', {
          ports: '{ name: tcp, port: 80, targetPort: 8080 }',
        }) +
        tls('MUTUAL'),
      {},
      'unknown',
    ],
    [
      'a subset with the pod in it',
      CART +
        istio(
          'DestinationRule',
          'cart',
          '{ host: cart, subsets: [{ name: all, labels: { app: cart }, trafficPolicy: { tls: { mode: DISABLE } } }] }',
        ),
      {},
      'plaintext',
    ],
    [
      'a subset without the pod',
      CART +
        istio(
          'DestinationRule',
          'cart',
          '{ host: cart, subsets: [{ name: v2, labels: { version: v2 }, trafficPolicy: { tls: { mode: DISABLE } } }] }',
        ),
      {},
      'mtls',
    ],
    [
      'settings for the port that replace TLS, which still judges pods',
      CART +
        istio(
          'DestinationRule',
          'cart',
          '{ host: cart, trafficPolicy: { tls: { mode: DISABLE }, portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: RANDOM } }] } }',
        ),
      {},
      'plaintext',
    ],
    ['no Service called', CART, { called: false }, 'plaintext'],
    [
      'a headless Service',
      pod('cart') +
        service('cart').replace('clusterIP: 10.0.0.1', 'clusterIP: None'),
      {},
      'mtls',
    ],
    [
      'a headless Service whose pod does not take it on this port',
      pod('cart') +
        service('cart').replace('clusterIP: 10.0.0.1', 'clusterIP: None') +
        istio(
          'PeerAuthentication',
          'cart',
          '{ selector: { matchLabels: { app: cart } }, portLevelMtls: { 8080: { mode: DISABLE } } }',
        ),
      {},
      'mtls',
    ],
    [
      'a headless Service with one pod that cannot',
      pod('cart') +
        pod('old', { mode: 'none', labels: '' }).replace(
          'app: old',
          'app: cart',
        ) +
        service('cart').replace('clusterIP: 10.0.0.1', 'clusterIP: None'),
      {},
      'plaintext',
    ],
    [
      'an external name',
      pod('cart') +
        service('cart', {
          spec: 'type: ExternalName\n  externalName: example.com',
        }),
      {},
      'plaintext',
    ],
    [
      'a Sidecar that does not import',
      CART +
        istio('Sidecar', 's', "{ egress: [{ hosts: ['./*'] }] }", {
          namespace: 'web',
        }),
      {},
      'plaintext',
    ],
    [
      'a Sidecar that refuses',
      CART +
        istio(
          'Sidecar',
          's',
          "{ egress: [{ hosts: ['./*'] }], outboundTrafficPolicy: { mode: REGISTRY_ONLY } }",
          { namespace: 'web' },
        ),
      {},
      'fails',
    ],
    [
      'a Sidecar that imports',
      CART +
        istio('Sidecar', 's', "{ egress: [{ hosts: ['shop/*'] }] }", {
          namespace: 'web',
        }),
      {},
      'mtls',
    ],
    [
      'a gateway, which has no Sidecar',
      CART +
        istio('Sidecar', 's', "{ egress: [{ hosts: ['./*'] }] }", {
          namespace: 'web',
        }),
      { client: 'gateway' },
      'mtls',
    ],
    [
      'a Service that is not exported',
      pod('cart') +
        service('cart', { annotations: "networking.istio.io/exportTo: '.'" }),
      {},
      'plaintext',
    ],
    [
      'a sidecar to a pod in ambient mode',
      AMBIENT + tls('DISABLE'),
      {},
      'mtls',
    ],
    [
      'a ztunnel to a pod in ambient mode',
      AMBIENT,
      { client: 'ambient' },
      'mtls',
    ],
    ['a ztunnel to a sidecar', CART, { client: 'ambient' }, 'plaintext'],
    [
      'a ztunnel to a sidecar that takes HBONE',
      pod('cart', { labels: 'networking.istio.io/tunnel: http' }) +
        service('cart'),
      { client: 'ambient' },
      'mtls',
    ],
    [
      'a waypoint to a pod in ambient mode',
      AMBIENT,
      { client: 'waypoint' },
      'mtls',
    ],
    [
      'anybody to a waypoint',
      pod('cart', { mode: 'waypoint' }) + service('cart'),
      {},
      'mtls',
    ],
    [
      'a client whose sidecar leaves the port out',
      CART +
        pod('web', {
          namespace: 'web',
          annotations: "traffic.sidecar.istio.io/excludeOutboundPorts: '80'",
        }),
      { clientPod: true },
      'plaintext',
    ],
  ])('%s', (_, yaml, question, value) => {
    const found = answer(yaml, question);
    expect(found.value).toBe(value);
    expect(found.reasons).not.toHaveLength(0);
  });

  it.each<[string, string, string, string, number]>([
    ['takes', CART, '10.0.0.0/8', 'mtls', 0],
    ['does not take', CART, '172.16.0.0/12', 'plaintext', 0],
    [
      'may take',
      CART.replace('clusterIP: 10.0.0.1', ''),
      '10.0.0.0/8',
      'mtls',
      1,
    ],
  ])(
    'to an address that the client’s sidecar %s',
    (_, yaml, range, value, notes) => {
      const found = answer(
        yaml +
          pod('web', {
            namespace: 'web',
            annotations: `traffic.sidecar.istio.io/includeOutboundIPRanges: ${range}`,
          }),
        { clientPod: true },
      );
      expect(found.value).toBe(value);
      expect(found.mayDiffer ?? []).toHaveLength(notes);
    },
  );

  it('may differ where the client’s proxy has a certificate of its own', () => {
    const own = pod('web', { namespace: 'web' }).replace(
      '{ name: istio-proxy,',
      '{ name: istio-proxy, env: [{ name: ISTIO_META_TLS_CLIENT_CERT_CHAIN, value: /etc/certs/chain.pem }],',
    );
    expect(answer(CART + own, { clientPod: true })).toMatchObject({
      value: 'mtls',
      mayDiffer: [
        { text: expect.stringContaining('a certificate of its own') },
      ],
    });
  });

  it.each<KindId>([
    'networking.istio.io/DestinationRule',
    'security.istio.io/PeerAuthentication',
    'ConfigMap',
    'networking.istio.io/Sidecar',
  ])('is unknown where %s may not be read', kind => {
    expect(answer(CART, { forbidden: [kind] })).toMatchObject({
      value: 'unknown',
      cause: 'forbidden',
    });
  });

  it('is unknown where a rule that might decide is malformed', () => {
    expect(
      answer(CART + istio('DestinationRule', 'bad', '{ host: [cart] }')),
    ).toMatchObject({ value: 'unknown', cause: 'malformed' });
    expect(
      answer(
        CART +
          istio('DestinationRule', 'bad', '{ host: [cart] }', {
            namespace: 'other',
          }),
      ).value,
    ).toBe('mtls');
  });

  it('counts a pod that is yet to be made for what it will be', () => {
    const yaml = (labels: string) =>
      namespace('shop', labels) +
      pod('cart', { mode: 'none' }).replace(/^status:.*$/m, '') +
      service('cart');
    const of = (labels: string, client: EnrolmentMode) => {
      const snapshot = clusterOf(yaml(labels), { origin: 'files' });
      const cart = podOf(snapshot, 'cart');
      const target = serviceOf(snapshot, 'cart');
      return sends(
        snapshot,
        { namespace: 'web', mode: client },
        {
          workload: workloadOfPod(snapshot, cart),
          pod: cart,
          port: 8080,
          service: { service: target, port: target.spec.ports[0] },
        },
      ).value;
    };
    expect(of('istio-injection: enabled', 'sidecar')).toBe('mtls');
    expect(of('istio.io/dataplane-mode: ambient', 'ambient')).toBe('mtls');
    expect(of('', 'sidecar')).toBe('plaintext');
  });

  it('names the object and the field', () => {
    expect(answer(CART + tls('DISABLE')).reasons[0]).toMatchObject({
      object: { kind: 'networking.istio.io/DestinationRule', name: 'cart' },
      field: 'spec.trafficPolicy.tls',
    });
    expect(answer(CART).reasons[0]).toMatchObject({
      object: { kind: 'ConfigMap', name: 'istio' },
      field: 'data.mesh enableAutoMtls',
    });
  });
});
