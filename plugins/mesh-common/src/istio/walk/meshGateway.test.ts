import { istio, pod, service } from '../__testUtils__/istio';
import { Question, seen, walked, web } from './__testUtils__/walked';

const EGRESS =
  pod('egress', {
    namespace: 'infra',
    mode: 'gateway',
    ip: '10.1.0.9',
    ports: '{ containerPort: 8080 }',
  }) +
  service('egress', {
    namespace: 'infra',
    ports:
      '{ name: http, port: 80, targetPort: 8080 }, { name: https, port: 443, targetPort: 8443 }',
  });
const API = istio(
  'ServiceEntry',
  'api',
  '{ hosts: [api.example.com], location: MESH_EXTERNAL, resolution: DNS, ports: [{ number: 80, name: http, protocol: HTTP }] }',
);
const gateway = (server: string) =>
  istio(
    'Gateway',
    'out',
    `{ selector: { app: egress }, servers: [{ hosts: [api.example.com], ${server} }] }`,
    { namespace: 'infra' },
  );
const PLAIN = gateway('port: { number: 80, name: http, protocol: HTTP }');
const MUTUAL =
  gateway(
    'port: { number: 443, name: https, protocol: HTTPS }, tls: { mode: ISTIO_MUTUAL }',
  ) +
  istio(
    'DestinationRule',
    'egress',
    '{ host: egress.infra.svc.cluster.local, trafficPolicy: { tls: { mode: ISTIO_MUTUAL, sni: api.example.com } } }',
  );
const HOST = 'egress.infra.svc.cluster.local';

const routes = (port: number, second = '') =>
  istio(
    'VirtualService',
    'api',
    `{ hosts: [api.example.com], gateways: [mesh, infra/out], http: [{ match: [{ gateways: [mesh], port: 80 }], route: [{ destination: { host: ${HOST}, port: { number: ${port} } } }] }${second}] }`,
  );
const onward =
  ', { match: [{ gateways: [infra/out] }], route: [{ destination: { host: api.example.com, port: { number: 80 } } }] }';

const asked: Question = { host: 'api.example.com' };

describe('walk to a gateway inside the mesh', () => {
  it.each([
    ['goes on by its routes', PLAIN + routes(80, onward), 'delivered'],
    ['ends there without one', PLAIN + routes(80), 'no-route 404 NR'],
    [
      'goes on from mutual TLS of the mesh',
      MUTUAL + routes(443, onward),
      'delivered',
    ],
    [
      'ends there where another name is asked for',
      MUTUAL.replace('sni: api.example.com', 'sni: other.example.com') +
        routes(443, onward),
      'failed 503 UF',
    ],
  ])('%s', (_, yaml, expected) => {
    expect(seen(web + EGRESS + API + yaml, asked)).toBe(expected);
  });

  it('names the gateway, and what decides there', () => {
    const [branch] = walked(
      web + EGRESS + API + PLAIN + routes(80, onward),
      asked,
    ).branches;
    expect(branch).toMatchObject({
      percent: 100,
      host: 'api.example.com',
      via: [{ namespace: 'infra', name: 'egress-1' }],
    });
    expect(
      branch.steps
        .filter(({ at }) => at?.name === 'egress-1')
        .map(({ step, text }) => `${step}: ${text}`),
    ).toEqual([
      'security: client plaintext, server takes connections as they are: plaintext',
      'authorization: No policy with the action ALLOW applies here, so that everybody is let in whom none denies',
      'route: VirtualService shop/api http[1]',
    ]);
  });
});
