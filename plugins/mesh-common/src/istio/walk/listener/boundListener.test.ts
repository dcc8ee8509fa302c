import { clusterOf } from '../../../__testUtils__/cluster';
import { istio, ISTIO, pod, service } from '../../__testUtils__/istio';
import { meshConfig } from '../../meshConfig';
import { sidecarScope } from '../../sidecarScope';
import { boundListeners, ListenerTarget } from './boundListener';
import { Chain } from './chains';

/** The chains of the listeners for a connection, in words. */
function listening(
  yaml: string,
  address: string | undefined,
  port: number,
): Record<string, string[]> {
  const snapshot = clusterOf(ISTIO + yaml);
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    throw new TypeError('The settings are missing');
  }
  const client = { namespace: 'web', labels: { app: 'web' } };
  const { config } = mesh;
  const scope = sidecarScope(snapshot, client, config);
  if ('value' in scope) {
    throw new TypeError('The Sidecars are missing');
  }
  const { byAddress } = boundListeners(snapshot, address, port, {
    proxy: 'sidecar',
    ...client,
    scope,
    config,
  });
  return Object.fromEntries(
    [...byAddress].map(([bind, { chains }]) => [bind, chains.map(inWords)]),
  );
}

function inWords({
  sniHosts,
  ranges,
  httpOnly,
  leadsTo,
}: Chain<ListenerTarget>): string {
  return [
    httpOnly && 'HTTP',
    ...sniHosts,
    ...ranges,
    leadsTo.to === 'routes'
      ? `routes of ${leadsTo.of === 'port' ? 'the port' : leadsTo.of.host}`
      : `${leadsTo.service.host}${leadsTo.rule?.written.field ?? ''}`,
  ]
    .filter(Boolean)
    .join(' ');
}

const entry = (name: string, port: string, rest = '') =>
  istio(
    'ServiceEntry',
    name,
    `{ hosts: [${name}], ports: [{ number: 80, name: p, protocol: ${port} }], resolution: DNS ${rest} }`,
  );
const AT = ', addresses: [192.0.2.1]';

describe('boundListeners', () => {
  it.each<[string, string, string | undefined, Record<string, string[]>]>([
    [
      'HTTP services share the listener on all addresses',
      entry('a', 'HTTP', AT) + entry('b', 'GRPC'),
      '192.0.2.1',
      { '0.0.0.0': ['HTTP routes of the port'] },
    ],
    [
      'TCP services listen on their address',
      entry('a', 'TCP', AT) + entry('b', 'TCP', ', addresses: [192.0.2.2]'),
      '192.0.2.1',
      { '192.0.2.1': ['a'] },
    ],
    [
      'TCP services without one listen on all, and the oldest takes everything',
      entry('a', 'TCP') + entry('b', 'TCP'),
      '192.0.2.1',
      { '0.0.0.0': ['a'] },
    ],
    [
      'ranges are told apart',
      entry('a', 'TCP', ', addresses: [192.0.2.0/24]') +
        entry('b', 'TCP', ', addresses: [192.0.0.0/16]') +
        entry('c', 'TCP'),
      '192.0.2.1',
      { '0.0.0.0': ['192.0.2.0/24 a', '192.0.0.0/16 b', 'c'] },
    ],
    [
      'TLS is told apart by name where there is no address',
      entry('a.x', 'TLS') + entry('b.x', 'HTTPS') + entry('c.x', 'TLS', AT),
      '192.0.2.1',
      { '0.0.0.0': ['a.x a.x', 'b.x b.x'], '192.0.2.1': ['c.x'] },
    ],
    [
      'what is found out by looking has routes of its own',
      entry('a', '""', AT),
      '192.0.2.1',
      { '192.0.2.1': ['a', 'HTTP routes of a'] },
    ],
    [
      'but not where it has no address',
      entry('a', '""'),
      undefined,
      { '0.0.0.0': ['a', 'HTTP routes of the port'] },
    ],
    [
      'HTTP is added to TCP',
      entry('a', 'TCP') + entry('b', 'HTTP') + entry('c', 'HTTP'),
      undefined,
      { '0.0.0.0': ['a', 'HTTP routes of the port'] },
    ],
    [
      'TCP is added to HTTP',
      entry('a', 'HTTP') + entry('b', 'TCP') + entry('c', 'TCP'),
      undefined,
      { '0.0.0.0': ['HTTP routes of the port', 'b'] },
    ],
    [
      'what is found out by looking is not added to HTTP, which is looked at already',
      entry('a', 'HTTP') + entry('b', '""'),
      undefined,
      { '0.0.0.0': ['HTTP routes of the port'] },
    ],
    [
      'what speaks first is alone',
      entry('a', 'MySQL') + entry('b', 'TCP') + entry('c', 'HTTP'),
      undefined,
      { '0.0.0.0': ['a'] },
    ],
    ['UDP has none', entry('a', 'UDP', AT), '192.0.2.1', {}],
    [
      'a name for another host has none',
      service('a', { spec: 'type: ExternalName\n  externalName: x.y' }),
      undefined,
      {},
    ],
    [
      'rules for connections come before the service',
      entry('a.x', 'TCP', AT) +
        istio(
          'VirtualService',
          'a',
          `
    hosts: [a.x]
    tcp:
      - match: [{ sourceLabels: { app: other } }]
        route: [{ destination: { host: b } }]
      - match: [{ destinationSubnets: [198.51.100.0/24] }]
        route: [{ destination: { host: b } }]
`,
        ),
      '192.0.2.1',
      { '192.0.2.1': ['198.51.100.0/24 a.xspec.tcp[1]', 'a.x'] },
    ],
    [
      'rules for names take the place of the service',
      entry('a.x', 'TLS', AT) +
        istio(
          'VirtualService',
          'a',
          `
    hosts: ['*.x']
    tls:
      - match: [{ sniHosts: [a.x], port: 80 }, { sniHosts: [a.x] }]
        route: [{ destination: { host: b } }]
`,
        ),
      '192.0.2.1',
      { '192.0.2.1': ['a.x a.xspec.tls[0]'] },
    ],
  ])('%s', (_, yaml, address, expected) => {
    expect(listening(yaml, address, 80)).toEqual(expected);
  });

  it('listens on each pod of a headless Service', () => {
    const headless =
      pod('db', { ip: '10.1.0.1' }) +
      service('db', {
        ports: '{ name: tcp, port: 80, targetPort: 8080 }',
      }).replace('10.0.0.1', 'None');
    expect(listening(headless, '10.1.0.1', 80)).toEqual({
      '10.1.0.1': ['db.shop.svc.cluster.local'],
    });
    expect(listening(headless, '10.1.0.2', 80)).toEqual({});
  });

  it('has no routes on the ports of the proxy itself', () => {
    const metrics = service('m', { ports: '{ name: http, port: 15090 }' });
    expect(listening(metrics, undefined, 15090)).toEqual({});
  });

  describe('as a Sidecar says', () => {
    const sidecar = (egress: string) =>
      entry('a', 'HTTP', AT) +
      entry('b', 'TCP', AT) +
      istio('Sidecar', 'web', `{ egress: [${egress}] }`, { namespace: 'web' });

    it.each<[string, string, string, Record<string, string[]>]>([
      [
        'only what it imports',
        '{ hosts: [shop/b] }',
        '192.0.2.1',
        { '192.0.2.1': ['b'] },
      ],
      [
        'a port as what it calls it',
        '{ port: { number: 80, protocol: TCP }, hosts: [shop/a] }',
        '192.0.2.1',
        { '192.0.2.1': ['a'] },
      ],
      [
        'nothing on other ports',
        '{ port: { number: 81, protocol: HTTP }, hosts: [shop/a] }',
        '192.0.2.1',
        {},
      ],
      [
        'nothing more on an address that it names for a port',
        '{ port: { number: 80, protocol: HTTP }, hosts: [shop/a] }, { hosts: ["*/*"] }',
        '192.0.2.1',
        { '0.0.0.0': ['HTTP routes of the port'], '192.0.2.1': ['b'] },
      ],
      [
        'on the address that it names',
        '{ port: { number: 80, protocol: HTTP }, bind: 127.0.0.9, hosts: [shop/a] }',
        '127.0.0.9',
        { '127.0.0.9': ['routes of the port'] },
      ],
      [
        'by itself, where nothing is redirected',
        '{ port: { number: 80, protocol: HTTP }, captureMode: NONE, hosts: [shop/a] }',
        '127.0.0.1',
        { '127.0.0.1': ['routes of the port'] },
      ],
    ])('%s', (_, egress, address, expected) => {
      expect(listening(sidecar(egress), address, 80)).toEqual(expected);
    });
  });
});
