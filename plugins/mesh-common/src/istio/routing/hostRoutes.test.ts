import { clusterOf } from '../../__testUtils__/cluster';
import { MESHES } from '../../mesh/meshes';
import { hostRouting, parsePlace } from '../../mesh/serviceRouting';
import { findWorkload } from '../../mesh/workloads';
import { ISTIO, istio, pod, service } from '../__testUtils__/istio';

const HOST = 'stock.example.com';

const entry = (spec = '') =>
  istio(
    'ServiceEntry',
    'stock',
    `{ hosts: [${HOST}, stock.old], location: MESH_INTERNAL, resolution: STATIC, ports: [{ number: 80, name: http, protocol: HTTP }, { number: 90, name: x, protocol: other }], workloadSelector: { labels: { app: stock } }${spec} }`,
  );

const machine = istio(
  'WorkloadEntry',
  'stock-1',
  '{ address: 192.0.2.1, labels: { app: stock }, serviceAccount: stock }',
);

const rule = istio(
  'VirtualService',
  'stock',
  `{ hosts: [${HOST}], http: [{ timeout: 1s, route: [{ destination: { host: ${HOST} } }] }] }`,
);

function routing(yaml: string, options: { from?: string; kind?: string } = {}) {
  const { from, kind = 'WorkloadEntry' } = options;
  const snapshot = clusterOf(ISTIO + yaml);
  const workload = findWorkload(snapshot, {
    namespace: 'shop',
    kind,
    name: 'stock-1',
  });
  if (!workload) {
    throw new TypeError('The workload is in the cluster');
  }
  return hostRouting(
    snapshot,
    { workload },
    MESHES,
    from === undefined ? undefined : parsePlace(snapshot, from),
  );
}

describe('the routes to hosts of ServiceEntries', () => {
  it('are those of each host of the entries that select a machine', () => {
    expect(routing(entry() + machine + rule)).toMatchObject([
      {
        service: { namespace: 'shop', name: HOST, kind: 'Hostname' },
        host: HOST,
        mesh: 'istio',
        seenFrom: { namespace: 'shop' },
        ports: [
          {
            port: 80,
            name: 'http',
            protocol: {
              value: 'http',
              reasons: [{ field: 'spec.ports[0].protocol' }],
            },
            routing: { value: 'rules' },
            rules: [{ timeout: { ms: 1000 } }],
          },
          { port: 90, protocol: { value: 'detected' } },
        ],
      },
      { host: 'stock.old', ports: [{ routing: { value: 'service' } }, {}] },
    ]);
  });

  it('are those of pods as well', () => {
    const routes = routing(entry() + pod('stock', { ip: '10.1.0.1' }), {
      kind: 'Pod',
    });
    expect(routes.map(({ host }) => host)).toEqual([HOST, 'stock.old']);
    expect(routes[0].ports[0].destinations).toMatchObject([
      { host: HOST, endpoints: { ready: 1, total: 1 } },
    ]);
  });

  it.each([
    ['other labels', entry().replace('app: stock', 'app: other')],
    ['no labels', entry().replace('{ app: stock }', '{}')],
    [
      'another namespace',
      entry().replace('namespace: shop', 'namespace: other'),
    ],
  ])('are none of entries with %s', (_, yaml) => {
    expect(routing(yaml + machine)).toEqual([]);
  });

  it('are none of the host of a Service, which an entry may claim', () => {
    const claimed = entry().replace('stock.old', 'cart.shop.svc.cluster.local');
    expect(
      routing(claimed + machine + service('cart')).map(({ host }) => host),
    ).toEqual([HOST]);
  });

  it('are not applied by a client without a proxy', () => {
    const [{ seenFrom, ports }] = routing(
      entry() + machine + rule + pod('plain', { mode: 'none' }),
      { from: 'shop/Pod/plain-1' },
    );
    expect(seenFrom.workload).toMatchObject({ name: 'plain-1' });
    expect(ports[0]).toMatchObject({
      routing: { value: 'not-in-mesh' },
      rules: [],
    });
  });

  it('are applied by the sidecar of a client', () => {
    const [{ ports }] = routing(entry() + machine + rule + pod('web'), {
      from: 'shop/Pod/web-1',
    });
    expect(ports[0]).toMatchObject({ routing: { value: 'rules' } });
  });
});
