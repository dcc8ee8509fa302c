import { runMesh } from '../__testUtils__/runMesh';

const FILE = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector, labels: { istio.io/rev: default } }
webhooks:
  - name: namespace.sidecar-injector.istio.io
    namespaceSelector: { matchLabels: { istio-injection: enabled } }
    clientConfig: { service: { name: istiod, namespace: istio-system } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: app, image: cart }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  selector: { app: cart }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: main, namespace: edge }
spec:
  selector: { istio: ingress }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*.example.com'] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: front, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [edge/main]
  http: [{ match: [{ uri: { prefix: /cart } }], route: [{ destination: { host: cart } }] }]
`;

describe('mesh routes of a Service behind a Gateway', () => {
  it('says through which Gateway, by which names and rules it is reached', async () => {
    const { code, out } = await runMesh(['routes', '-'], { stdin: FILE });
    expect(code).toBe(0);
    const lines = out.split('\n');
    const start = lines.findIndex(line => line.includes('through Gateway'));
    expect(lines.slice(start, start + 3)).toEqual([
      '  through Gateway edge/main, port 80 HTTP: shop.example.com',
      '    1  path starts with /cart',
      '       -> cart.shop.svc.cluster.local:80 100 %',
    ]);
    expect(lines.at(-1)?.trim()).toBe(
      'VirtualService shop/front http[0] [standard input:43]',
    );
  });

  it('has them in the JSON too', async () => {
    const { out } = await runMesh(['routes', '-', '-o', 'json'], {
      stdin: FILE,
    });
    expect(JSON.parse(out).services[0].gateways).toMatchObject([
      {
        gateway: {
          kind: 'networking.istio.io/Gateway',
          namespace: 'edge',
          name: 'main',
        },
        port: 80,
        hosts: ['shop.example.com'],
      },
    ]);
  });
});

const OTHERS = `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: rest, namespace: shop, creationTimestamp: "2024-01-01T00:00:00Z" }
spec:
  hosts: [shop.example.com]
  gateways: [edge/main]
  http: [{ route: [{ destination: { host: cart } }] }]
---
apiVersion: v1
kind: Pod
metadata: { name: ingress-1, namespace: edge, labels: { istio: ingress } }
spec: { containers: [{ name: istio-proxy }] }
`;

describe('mesh routes --gateway', () => {
  const ask = (...args: string[]) =>
    runMesh(['routes', '-', ...args], { stdin: FILE + OTHERS });

  it('lists the rules of all objects for a host, what takes everything last', async () => {
    const { code, out } = await ask(
      '--gateway',
      'edge/main',
      '--host',
      'shop.example.com',
    );
    expect(code).toBe(0);
    expect(out).toContain('Gateway edge/main, port 80: shop.example.com');
    expect(out.match(/VirtualService shop\/\w+/g)).toEqual([
      'VirtualService shop/front',
      'VirtualService shop/rest',
    ]);
  });

  it('says that a host has none', async () => {
    const { out } = await ask(
      '--gateway',
      'edge/main',
      '--host',
      'other.example.com',
    );
    expect(out).toContain('has the host other.example.com');
  });

  it('has them in the JSON too', async () => {
    const { out } = await ask(
      '--gateway',
      'edge/main',
      '--host',
      'shop.example.com',
      '-o',
      'json',
    );
    expect(JSON.parse(out).gateway).toMatchObject({
      domain: 'shop.example.com',
      routing: { value: 'rules' },
      rules: [{ name: 'VirtualService shop/front http[0]' }, {}],
    });
  });

  it.each([
    [['--gateway', 'main', '--host', 'x'], 'is not NAMESPACE/name'],
    [['--gateway', 'edge/main'], 'needs --host'],
    [['--gateway', 'edge/none', '--host', 'x'], 'there is no such Gateway'],
    [
      ['--gateway', 'edge/main', '--host', 'x', '--port', 'http'],
      'is no number of a port',
    ],
  ])('refuses %j', async (args, message) => {
    const { code, err } = await ask(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
