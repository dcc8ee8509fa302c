import { clusterOf } from '../../__testUtils__/cluster';
import { walkRequestSchema } from '../../contract/schemas/walk';
import { MeshLinks } from '../../mesh/MeshLinks';
import { MESHES } from '../../mesh/meshes';
import { requestWalk } from '../../mesh/requestWalk';
import { istio as ISTIO_MESH } from '../adapter';
import { meshConfig } from '../meshConfig';
import { seen } from './__testUtils__/walked';
import { networkReach } from './networkReach';
import {
  istio,
  meshSettings,
  namespace,
  pod,
  podOf,
  service,
} from '../__testUtils__/istio';

const MESH = meshSettings('defaultConfig: { meshId: one }');
const on = (network: string) =>
  namespace('istio-system', `topology.istio.io/network: ${network}`);
const EAST_WEST = `
---
apiVersion: v1
kind: Service
metadata: { name: east-west, namespace: istio-system, labels: { topology.istio.io/network: net-west } }
spec: { selector: { istio: eastwest }, ports: [{ name: tls, port: 15443 }] }
`;
const PLAIN = istio(
  'DestinationRule',
  'cart',
  '{ host: cart, trafficPolicy: { tls: { mode: DISABLE } } }',
);

function walkBetween(
  own: string,
  peer: string,
  mode?: 'none' | 'ambient',
  settings = MESH,
) {
  const [snapshot] = MeshLinks.create([ISTIO_MESH]).link([
    clusterOf(
      settings + pod('web', { ip: '10.1.0.1' }) + service('cart') + own,
      {
        name: 'east',
      },
    ),
    clusterOf(
      MESH + pod('cart', { ip: '10.2.0.1', mode }) + service('cart') + peer,
      { name: 'west' },
    ),
  ]);
  const { outcome, flag, branches } = requestWalk(
    snapshot,
    walkRequestSchema.parse({
      from: {
        workload: {
          cluster: 'east',
          namespace: 'shop',
          kind: 'Pod',
          name: 'web-1',
        },
      },
      host: 'cart',
      port: 80,
    }),
    MESHES,
  );
  const texts = branches.flatMap(({ steps }) =>
    steps.flatMap(({ reasons }) => reasons.map(({ text }) => text)),
  );
  return {
    outcome: [outcome.value, flag].filter(Boolean).join(' '),
    said: texts.filter(text => /net-west|networks/.test(text)),
  };
}

/** The settings of the mesh, with networks. */
function networks(written: string): string {
  return `${MESH}  meshNetworks: '${written}'\n`;
}

describe('an endpoint on another network', () => {
  it('is reached through its gateway by mutual TLS', () => {
    const { outcome, said } = walkBetween(
      on('net-east'),
      on('net-west') + EAST_WEST,
    );
    expect(outcome).toBe('delivered');
    expect(said).toEqual([
      'The endpoint is on the network net-west, and the client on net-east: the connection goes through Service istio-system/east-west, port 15443 of the cluster west, which passes mutual TLS on',
    ]);
  });

  it.each<[string, string, 'none' | undefined]>([
    ['where a rule says DISABLE', on('net-east') + PLAIN, undefined],
    ['where it has no proxy', on('net-east'), 'none'],
  ])('is not reached in plaintext %s', (_, own, mode) => {
    const { outcome, said } = walkBetween(
      own,
      on('net-west') + EAST_WEST,
      mode,
    );
    expect(outcome).toBe('failed UH');
    expect(said).toEqual([
      expect.stringMatching(
        /by mutual TLS alone, which the client does not send/,
      ),
    ]);
  });

  it.each([
    ['there is no gateway', on('net-east') + PLAIN, on('net-west')],
    ['both are on one', on('net-west') + PLAIN, on('net-west') + EAST_WEST],
    ['the client’s is not named', PLAIN, on('net-west') + EAST_WEST],
  ])('counts as reachable where %s', (_, own, peer) => {
    expect(walkBetween(own, peer)).toEqual({ outcome: 'delivered', said: [] });
  });

  it('is not reached in ambient mode, since gateways know sidecars alone', () => {
    const { outcome, said } = walkBetween(
      on('net-east'),
      on('net-west') + EAST_WEST,
      'ambient',
    );
    expect(outcome).toBe('failed UH');
    expect(said).toEqual([expect.stringMatching(/it is in ambient mode/)]);
  });

  it('counts as reachable where the Service that is labelled listens for neither', () => {
    const other = EAST_WEST.replace('15443', '443');
    expect(walkBetween(on('net-east') + PLAIN, on('net-west') + other)).toEqual(
      { outcome: 'delivered', said: [] },
    );
  });

  it.each<[string, string, string]>([
    [
      'the cluster, by its name',
      '{ networks: { net-east: { endpoints: [{ fromRegistry: east }] }, net-west: { endpoints: [{ fromRegistry: west }], gateways: [{ address: 1.2.3.4, port: 443 }] } } }',
      'the gateway 1.2.3.4, port 443',
    ],
    [
      'its address',
      '{ networks: { net-east: { endpoints: [{ fromRegistry: east }] }, net-west: { endpoints: [{ fromCidr: 10.2.0.0/16 }], gateways: [{ address: 1.2.3.4 }] } } }',
      'the gateway 1.2.3.4, port 15443',
    ],
    [
      'the cluster, with a Service as gateway',
      '{ networks: { net-east: { endpoints: [{ fromRegistry: east }] }, net-west: { endpoints: [{ fromRegistry: west }], gateways: [{ registryServiceName: cart.shop.svc.cluster.local, port: 80 }] } } }',
      'Service shop/cart, port 80 of the cluster west',
    ],
  ])('is on the one on which the settings put %s', (_, written, gateway) => {
    const { outcome, said } = walkBetween('', '', undefined, networks(written));
    expect(outcome).toBe('delivered');
    expect(said).toEqual([
      `The endpoint is on the network net-west, and the client on net-east: the connection goes through ${gateway}, which passes mutual TLS on`,
    ]);
  });

  it('is on another than the proxy of the client says it is on', () => {
    const client = pod('web', { ip: '10.1.0.1' }).replace(
      '{ name: istio-proxy,',
      '{ name: istio-proxy, env: [{ name: ISTIO_META_NETWORK, value: net-west }],',
    );

    expect(
      walkBetween(on('net-east') + client + PLAIN, on('net-west') + EAST_WEST),
    ).toEqual({ outcome: 'delivered', said: [] });
  });

  it('is known by the CLUSTER_ID of istiod where that is told', () => {
    const istiod = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec: { template: { spec: { containers: [{ name: discovery, image: "pilot:1.31.0", env: [{ name: CLUSTER_ID, value: two }] }] } } }
`;
    const written =
      '{ networks: { net-east: { endpoints: [{ fromRegistry: east }] }, net-west: { endpoints: [{ fromRegistry: two }], gateways: [{ address: 1.2.3.4 }] } } }';
    const { said } = walkBetween('', istiod, undefined, networks(written));
    expect(said).toHaveLength(1);
  });

  it.each(['{ networks: [] }', '{ networks: '])(
    'is not known where the settings are %s',
    written => {
      const { outcome, said } = walkBetween(
        '',
        '',
        undefined,
        networks(written),
      );
      expect(outcome).toBe('unknown');
      expect(said).toEqual([
        expect.stringMatching(/networks of the mesh cannot be read/),
      ]);
    },
  );
});

describe('a workload outside the cluster, on another network', () => {
  const entry = (rest: string) =>
    istio(
      'ServiceEntry',
      'vm',
      `{ hosts: [cart.vm], location: MESH_INTERNAL, resolution: STATIC, ports: [{ number: 80, name: http, protocol: HTTP }], ${rest} }`,
    );
  const machine = (spec: string) => istio('WorkloadEntry', 'cart', spec);
  const outcome = (yaml: string) =>
    seen(pod('web', { ip: '10.1.0.1' }) + on('net-east') + EAST_WEST + yaml, {
      host: 'cart.vm',
    });

  it.each<[string, string, string]>([
    [
      'that an entry names',
      entry('workloadSelector: { labels: { app: vm } }') +
        machine(
          '{ address: 10.9.0.1, labels: { app: vm }, network: net-west }',
        ),
      'failed 503 UH',
    ],
    [
      'that the label of an entry names',
      entry('workloadSelector: { labels: { app: vm } }') +
        machine(
          '{ address: 10.9.0.1, labels: { app: vm, topology.istio.io/network: net-west } }',
        ),
      'failed 503 UH',
    ],
    [
      'that an endpoint in a ServiceEntry names',
      entry('endpoints: [{ address: 10.9.0.1, network: net-west }]'),
      'failed 503 UH',
    ],
    [
      'that its label names',
      entry(
        'endpoints: [{ address: 10.9.0.1, labels: { topology.istio.io/network: net-west } }]',
      ),
      'failed 503 UH',
    ],
    [
      'but the one of the client',
      entry('endpoints: [{ address: 10.9.0.1, network: net-east }]'),
      'delivered',
    ],
    [
      'but none that is named',
      entry('endpoints: [{ address: 10.9.0.1 }]'),
      'delivered',
    ],
    [
      'that it names, with a proxy',
      entry(
        'endpoints: [{ address: 10.9.0.1, network: net-west, serviceAccount: vm }]',
      ),
      'delivered',
    ],
  ])('%s', (_, yaml, expected) => {
    expect(outcome(yaml)).toBe(expected);
  });
});

describe('an endpoint of which nobody knows whether it gets mutual TLS', () => {
  it('is not known to be reached', () => {
    const bad = istio('PeerAuthentication', 'bad', '{ mtls: { mode: 3 } }');
    const { outcome } = walkBetween(
      on('net-east') + bad,
      on('net-west') + EAST_WEST,
    );
    expect(outcome).toBe('unknown');
  });
});

describe('what a waypoint reaches on another network', () => {
  const HBONE = EAST_WEST.replace('15443', '15008');
  const istiod = (env: string) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec: { template: { spec: { containers: [{ name: discovery, image: "pilot:1.31.0", env: [${env}] }] } } }
`;
  const ON = '{ name: AMBIENT_ENABLE_MULTI_NETWORK, value: "true" }';
  const OFF = '{ name: AMBIENT_ENABLE_MULTI_NETWORK_WAYPOINT, value: "false" }';

  function reach(own: string, env: string) {
    const snapshot = clusterOf(MESH + on('net-east') + own + istiod(env));
    const object = podOf(
      clusterOf(
        pod('cart', {
          mode: 'ambient',
          labels: 'topology.istio.io/network: net-west',
        }),
      ),
      'cart',
    );
    const mesh = meshConfig(snapshot);
    if (mesh.state === 'unknown') {
      throw new TypeError('The mesh has no settings');
    }
    const found = networkReach(
      snapshot,
      {
        source: { kind: 'Pod', object },
        port: 80,
        ready: true,
        added: { tls: 'mesh', reasons: [] },
      },
      { proxy: 'waypoint', namespace: 'shop', config: mesh.config },
      { tunnelled: true },
    );
    const reason = Object.values(found ?? {}).find(
      one => typeof one === 'object',
    );
    return found && [[Object.keys(found)[0], reason?.text]];
  }

  it.each<[string, string, string, string | undefined, RegExp]>([
    ['by HBONE', HBONE, ON, 'through', /HBONE within HBONE/],
    ['not by mutual TLS', EAST_WEST, ON, 'unreachable', /no gateway/],
    ['not without a gateway', '', ON, 'unreachable', /no gateway/],
    ['not where that is off', HBONE, `${ON}, ${OFF}`, 'unreachable', /keeps/],
    ['as proxies do, by default', EAST_WEST, '', 'unreachable', /ambient mode/],
  ])('%s', (_, own, env, key, text) => {
    expect(reach(own, env)).toEqual([[key, expect.stringMatching(text)]]);
  });

  it('all of it by default, where there is no gateway', () => {
    expect(reach('', '')).toBeUndefined();
  });
});
