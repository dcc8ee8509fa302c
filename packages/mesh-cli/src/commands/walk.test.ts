import { CONTRACT_SCHEMAS, WalkAnswer } from 'backstage-plugin-mesh-common';
import { runMesh } from '../__testUtils__/runMesh';

const SHOP = `
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
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web } }
    spec: { serviceAccountName: web, containers: [{ name: app }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  template:
    metadata: { labels: { app: cart } }
    spec:
      serviceAccountName: cart
      containers: [{ name: app, ports: [{ containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  selector: { app: cart }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart-callers, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules:
    - from: [{ source: { serviceAccounts: [web] } }]
      to: [{ operation: { methods: [GET] } }]
`;

const walk = (...args: string[]) =>
  runMesh(['walk', '-', '--from', 'shop/web', ...args], { stdin: SHOP });

describe('mesh walk', () => {
  it('says what becomes of a request, step by step', async () => {
    const { code, out, err } = await walk('--url', 'http://cart/items?q=1');
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    expect(lines[0]).toBe('GET /items?q=1 at cart:80 from shop/web');
    expect(out).toContain(
      '1 ✓ host: cart.shop.svc.cluster.local (Service shop/cart)',
    );
    expect(out).toMatch(/5 ✓ authorization: /);
    expect(out).toContain('[standard input:');
    expect(lines[lines.length - 1]).toBe(
      '= delivered, predicted: 200 expected from cart',
    );
  });

  it('says what the mesh answers where it refuses', async () => {
    const { out } = await walk('--url', 'http://cart/', '--method', 'post');
    expect(out).toContain('5 ✗ authorization: 403 RBAC');
    expect(out).toMatch(/= denied, predicted: 403 RBAC: /);
  });

  it('writes JSON in the form of the backend’s answer', async () => {
    const { out } = await walk('--url', 'http://cart/', '-o', 'json');
    const { version, walk: answer } = JSON.parse(out);
    expect(version).toBe(1);
    expect(
      (CONTRACT_SCHEMAS.Walk.parse(answer) as WalkAnswer).outcome.value,
    ).toBe('delivered');
  });

  it.each<[string[], string]>([
    [['--url', 'cart'], '--url cart is not one such as http'],
    [['--url', 'http://cart', '--header', 'x'], '--header x is not NAME=VALUE'],
    [
      ['--url', 'http://cart', '--from', 'cart'],
      '--from cart is neither NAMESPACE/name',
    ],
    [
      ['--url', 'http://cart', '--from', 'shop/nobody'],
      'There is no workload shop/nobody in the input',
    ],
    [['--url', 'http://cart', '--gateway', 'shop/front'], 'give either --from'],
    [['--url', 'http://cart', '--jwt', 'none.json'], '--jwt none.json cannot'],
  ])('refuses %j', async (args, message) => {
    const { code, err } = await walk(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('mesh authz', () => {
  const authz = (...args: string[]) =>
    runMesh(['authz', '-', '--workload', 'cart', ...args], { stdin: SHOP });

  it('says who may call, by the rules as they are written', async () => {
    const { code, out } = await authz();
    expect(code).toBe(0);
    expect(out).toContain('Deployment shop/cart (istio)');
    expect(out).toContain('  8080 http');
    expect(out).toMatch(/ALLOW: .*web.*, method is GET/);
    expect(out).toContain('outside the mesh: denied');
  });

  it('evaluates one request', async () => {
    const allowed = await authz('--from', 'shop/web', '--path', '/');
    expect(allowed.out).toContain('shop/cart:8080 from shop/web: allowed');
    const denied = await authz(
      '--from',
      'outside',
      '--path',
      '/',
      '-o',
      'json',
    );
    expect(JSON.parse(denied.out).evaluations[0].evaluation).toMatchObject({
      decision: { value: 'denied' },
    });
  });

  it('says that what is asked for is not there', async () => {
    const { code, err } = await authz('--from', 'shop/nobody');
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('--from shop/nobody: there is no such workload'),
    ]);
  });
});
