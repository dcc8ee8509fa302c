import { istio, namespace } from '../__testUtils__/istio';
import {
  ambientWeb,
  Question,
  seen,
  walked,
  web,
} from './__testUtils__/walked';

const HOST = 'api.example.com';

const egress = `${namespace('shop')}
---
apiVersion: v1
kind: Namespace
metadata: { name: egress, labels: { istio.io/use-waypoint: way } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: way, namespace: egress }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE, allowedRoutes: { namespaces: { from: All } } }] }
status: { addresses: [{ value: 10.0.0.7 }] }
`;

const entry = (spec = '', labels = '{}', place = 'egress') => `
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: ${place}, labels: ${labels} }
spec: { hosts: [${HOST}], location: MESH_EXTERNAL, resolution: DNS, ports: [{ number: 80, name: http, protocol: HTTP, targetPort: 443 }, { number: 5432, name: tcp, protocol: TCP }]${spec} }
`;

const policy = (spec: string, place = 'egress') =>
  istio('AuthorizationPolicy', 'p', spec, { namespace: place });

const ON_ENTRY =
  'targetRefs: [{ kind: ServiceEntry, group: networking.istio.io, name: api }]';

const onlyWeb = policy(
  `{ ${ON_ENTRY}, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }], to: [{ operation: { methods: [GET] } }] }] }`,
);
const nobody = policy(`{ ${ON_ENTRY} }`);

const ask = (question: Question = {}): Question => ({
  host: HOST,
  ...question,
});

describe('the waypoint in front of a ServiceEntry', () => {
  it.each<[string, string, Question, string]>([
    ['no policy', '', {}, 'delivered'],
    ['a policy for the entry', nobody, {}, 'denied 403'],
    ['a policy that lets the client in', onlyWeb, {}, 'delivered'],
    ['another method', onlyWeb, { method: 'POST' }, 'denied 403'],
    [
      'a policy for the waypoint',
      policy(
        '{ targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: way }] }',
      ),
      {},
      'denied 403',
    ],
    [
      'a policy for another entry',
      policy(
        '{ targetRefs: [{ kind: ServiceEntry, group: networking.istio.io, name: other }] }',
      ),
      {},
      'delivered',
    ],
    [
      'a policy for a Service of that name',
      policy('{ targetRefs: [{ kind: Service, group: "", name: api }] }'),
      {},
      'delivered',
    ],
    ['connections', nobody, { port: 5432, protocol: 'tcp' }, 'denied closed'],
    [
      'the routes of the entry',
      istio(
        'VirtualService',
        'api',
        `{ hosts: [${HOST}], http: [{ directResponse: { status: 451 } }] }`,
        { namespace: 'egress' },
      ),
      {},
      'direct-response 451',
    ],
    [
      'a policy before the routes',
      `${nobody}${istio(
        'VirtualService',
        'api',
        `{ hosts: [${HOST}], http: [{ directResponse: { status: 451 } }] }`,
        { namespace: 'egress' },
      )}`,
      {},
      'denied 403',
    ],
  ])('%s', (_name, yaml, question, expected) => {
    expect(seen(egress + entry() + ambientWeb + yaml, ask(question))).toBe(
      expected,
    );
  });

  it('stands between the client and the host, and opens TLS where a DestinationRule says so', () => {
    const { steps, branches } = walked(
      egress +
        entry() +
        ambientWeb +
        onlyWeb +
        istio(
          'DestinationRule',
          'api',
          `{ host: ${HOST}, trafficPolicy: { tls: { mode: SIMPLE } } }`,
          { namespace: 'egress' },
        ),
      ask(),
    );
    expect(steps.map(({ step, result }) => [step, result])).toEqual([
      ['host', 'ok'],
      ['authorization', 'ok'],
      ['route', 'ok'],
    ]);
    expect(branches).toMatchObject([
      { host: HOST, via: [{ namespace: 'egress', name: 'way' }] },
    ]);
    expect(branches[0]).toMatchObject({ sends: 'tls' });
  });

  it.each<[string, string]>([
    ['label none', entry('', '{ istio.io/use-waypoint: none }')],
    ['a namespace without a waypoint', entry('', '{}', 'shop')],
    ['no address', entry().replace('resolution: DNS', 'resolution: NONE')],
    [
      'no address by its label',
      entry('', '{ networking.istio.io/enable-autoallocate-ip: "false" }'),
    ],
  ])('is none with %s', (_name, yaml) => {
    expect(seen(egress + yaml + ambientWeb + nobody, ask())).toBe('unmeshed');
  });

  it('is asked for by a label of the entry, from another namespace', () => {
    expect(
      seen(
        egress +
          entry(
            '',
            '{ istio.io/use-waypoint: way, istio.io/use-waypoint-namespace: egress }',
            'shop',
          ) +
          ambientWeb +
          policy(`{ ${ON_ENTRY} }`, 'shop'),
        ask(),
      ),
    ).toBe('denied 403');
  });

  it('is passed by where the client has a sidecar', () => {
    expect(seen(egress + entry() + web + nobody, ask())).toBe('delivered');
  });
});
