import { WorkloadRef } from '../contract/common';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Sample } from '../traffic/query';
import { clusterOf, CONTROL_PLANE, meshedPod } from './__testUtils__/cluster';
import { inboundTraffic } from './inboundTraffic';
import { serviceTraffic } from './serviceTraffic';

const SCOPE = { windowSeconds: 300, matchers: { cluster: 'west' } };
const WEB = 'web.shop.serviceaccount.identity.linkerd.mesh.example';

const cart: WorkloadRef = {
  cluster: 'test',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'cart',
};

const SHOP = `${CONTROL_PLANE}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers:
        - name: app
          ports: [{ containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: probes, namespace: shop }
spec:
  rules: [{ matches: [{ path: { type: Exact, value: /ready }, method: GET }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ port: 80 }] }
---
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec: { routes: [{ name: add }, { name: list }] }
${meshedPod('web')}`;

const sample = (value: number, labels: Record<string, string>): Sample => ({
  value,
  labels: { namespace: 'shop', deployment: 'cart', ...labels },
});

describe('inboundTraffic', () => {
  const snapshot = clusterOf(SHOP);

  it('asks by the labels of the workloads, and escapes names', () => {
    const { expressions } = inboundTraffic(
      snapshot,
      [
        cart,
        { ...cart, name: 'a"b' },
        { ...cart, kind: 'StatefulSet', name: 'db.1' },
        { ...cart, kind: 'StatefulSet', name: 'db-2' },
        { ...cart, kind: 'Pod', name: 'web' },
      ],
      SCOPE,
    );
    expect(Object.keys(expressions)).toEqual([
      'requests of Deployment',
      'connections of Deployment',
      'requests of StatefulSet',
      'connections of StatefulSet',
      'requests of pods',
      'connections of pods',
    ]);
    expect(expressions['requests of Deployment']).toContain(
      'request_total{cluster="west",direction="inbound",no_tls_reason!="loopback",namespace="shop",deployment=~"a\\"b|cart"}[300s]',
    );
    expect(expressions['requests of StatefulSet']).toContain(
      'statefulset=~"db-2|db\\\\.1"',
    );
    expect(expressions['connections of pods']).toContain(
      'tcp_open_connections{cluster="west",direction="inbound",no_tls_reason!="loopback",namespace="shop",pod="web",peer="src"}',
    );
  });

  it('asks nothing about nothing', () => {
    const query = inboundTraffic(snapshot, [], SCOPE);
    expect(query.expressions).toEqual({});
    expect(query.read({})).toEqual([]);
  });

  it('tells ports, identities and plaintext apart', () => {
    const query = inboundTraffic(snapshot, [cart], SCOPE);
    const [traffic] = query.read({
      'requests of Deployment': [
        sample(30, { target_port: '8080', tls: 'true', client_id: WEB }),
        sample(5, { target_port: '8080', tls: 'true', client_id: WEB }),
        sample(4, { target_port: '8080', tls: 'no_identity' }),
        sample(2, { target_addr: '10.1.0.7:9090', tls: 'opaque' }),
        sample(0, { target_port: '7070', tls: 'true', client_id: WEB }),
        sample(9, { target_port: '4191', tls: 'no_identity' }),
        sample(9, { target_port: '8080', tls: 'true', deployment: 'other' }),
        sample(9, { tls: 'true' }),
      ],
    });
    expect(traffic).toEqual({
      workload: cart,
      level: 'port',
      callers: [
        {
          identity: WEB,
          workload: expect.objectContaining({ kind: 'Pod', name: 'web' }),
          port: 8080,
          traffic: { unit: 'requests', mtls: 35, plaintext: 0, unknown: 0 },
        },
        {
          port: 8080,
          traffic: { unit: 'requests', mtls: 0, plaintext: 4, unknown: 0 },
        },
        {
          port: 9090,
          traffic: { unit: 'requests', mtls: 0, plaintext: 0, unknown: 2 },
        },
      ],
    });
  });

  it('counts connections only on ports where no request was seen', () => {
    const [{ callers }] = inboundTraffic(snapshot, [cart], SCOPE).read({
      'requests of Deployment': [
        sample(1, { target_port: '8080', tls: 'true', client_id: WEB }),
      ],
      'connections of Deployment': [
        sample(3, { target_port: '8080', tls: 'no_identity' }),
        sample(2, { target_port: '6379', tls: 'no_identity' }),
      ],
    });
    expect(callers.map(({ port, traffic }) => [port, traffic.unit])).toEqual([
      [8080, 'requests'],
      [6379, 'connections'],
    ]);
  });

  it.each([
    [
      'the controller’s probe route',
      { route_kind: 'default', route_name: 'probe' },
      0,
    ],
    ['the default route', { route_kind: 'default', route_name: 'default' }, 1],
    [
      'a route that serves probes only',
      {
        route_group: 'policy.linkerd.io',
        route_kind: 'HTTPRoute',
        route_name: 'probes',
      },
      0,
    ],
    [
      'a route that is not there any more',
      {
        route_group: 'policy.linkerd.io',
        route_kind: 'HTTPRoute',
        route_name: 'probe',
      },
      1,
    ],
  ])('tells probes by %s', (_, labels, callers) => {
    const [traffic] = inboundTraffic(snapshot, [cart], SCOPE).read({
      'requests of Deployment': [
        sample(8, { target_port: '8080', tls: 'no_identity', ...labels }),
      ],
    });
    expect(traffic.callers).toHaveLength(callers);
  });
});

describe('serviceTraffic', () => {
  const snapshot = clusterOf(SHOP);
  const service = { cluster: 'test', namespace: 'shop', name: 'cart' };
  const parent = {
    namespace: 'shop',
    deployment: 'cart',
    parent_namespace: 'shop',
    parent_name: 'cart',
    parent_port: '80',
  };

  it('asks for routes of both protocols, and for profiles where there is one', () => {
    const { expressions } = serviceTraffic(snapshot, [service], SCOPE);
    expect(expressions.http).toContain(
      'outbound_http_route_backend_requests_total{cluster="west",parent_kind="Service",parent_namespace="shop",parent_name="cart"}[300s]',
    );
    expect(expressions.grpc).toContain('outbound_grpc_route_');
    expect(expressions.profiles).toContain(
      'dst="cart.shop.svc.cluster.local:80"',
    );
    expect(
      Object.keys(
        serviceTraffic(snapshot, [{ ...service, name: 'web' }], SCOPE)
          .expressions,
      ),
    ).toEqual(['http', 'grpc']);
    expect(serviceTraffic(snapshot, [], SCOPE).expressions).toEqual({});
  });

  it('reads route, backend and caller', () => {
    const [{ flows }] = serviceTraffic(snapshot, [service], SCOPE).read({
      http: [
        {
          value: 12,
          labels: {
            ...parent,
            route_kind: 'HTTPRoute',
            route_namespace: 'shop',
            route_name: 'split',
            backend_kind: 'Service',
            backend_namespace: 'shop',
            backend_name: 'cart-2',
          },
        },
        {
          value: 3,
          labels: {
            ...parent,
            deployment: '',
            route_kind: 'default',
            route_name: 'http',
            backend_kind: 'default',
          },
        },
        { value: 4, labels: { ...parent, parent_name: 'other' } },
      ],
    });
    expect(flows).toEqual([
      {
        caller: cart,
        backend: { cluster: 'test', namespace: 'shop', name: 'cart-2' },
        route: 'HTTPRoute shop/split',
        port: 80,
        requests: 12,
      },
      { port: 80, requests: 3 },
    ]);
  });

  it.each([
    ['list', 'ServiceProfile shop/cart.shop.svc.cluster.local routes[1]'],
    ['', 'ServiceProfile shop/cart.shop.svc.cluster.local default'],
  ])('names the rule of the profile for the route %j', (name, route) => {
    expect(profileFlows(snapshot, name)).toEqual([
      { caller: cart, route, backend: service, port: 80, requests: 7 },
    ]);
  });

  it('does not say where requests went where the profile sends them elsewhere', () => {
    const overridden = clusterOf(
      SHOP.replace(
        '{ name: list }]',
        '{ name: list }], dstOverrides: [{ authority: cart-2.shop, weight: 1 }]',
      ),
    );
    expect(profileFlows(overridden, 'list')).toEqual([
      expect.not.objectContaining({ backend: expect.anything() }),
    ]);
  });

  function profileFlows(cluster: MeshSnapshot, route: string) {
    const [{ flows }] = serviceTraffic(cluster, [service], SCOPE).read({
      profiles: [
        sample(7, {
          dst: 'cart.shop.svc.cluster.local:80',
          rt_route: route,
        }),
      ],
    });
    return flows;
  }
});
