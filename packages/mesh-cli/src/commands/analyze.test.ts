import { runMesh } from '../__testUtils__/runMesh';

describe('mesh analyze', () => {
  it('lists findings with the place where each is written, the most important first', async () => {
    const { code, out, err } = await runMesh(['analyze', 'shop', '--complete']);
    expect(out).toBe(`error MESH-L0101 shop/cart.yaml:34:3
  No container of the pods that Server cart-admin selects has a TCP port named admin-http, so it
  selects no port. Named ports there: admin, http
  Server shop/cart-admin, spec.port

error MESH-L0303 shop/cart.yaml:46:11
  There is no Service shop/cart-v2: 100 % of the requests of rule 0 of HTTPRoute shop/cart get 500
  HTTPRoute shop/cart, spec.rules[0].backendRefs[0]

error MESH-L0401 shop/cart.yaml:23:9
  retry.linkerd.io/limit of Service cart is invalid (many is no number from 0 to 65535): its retries
  have no effect
  Service shop/cart, metadata.annotations.retry.linkerd.io/limit

info MESH-L0304 shop/cart.yaml:26:7
  Requests to port 80 of Service cart that do not match its only rule get 404
  Service shop/cart, spec.ports

3 errors, 1 info in 6 objects of 4 files (and 1 of kinds that no rule reads)`);
    expect(err).toBe(
      'mesh: note: shop/values.yaml:2:1: no Kubernetes objects: an object without kind',
    );
    expect(code).toBe(1);
  });

  it('finds what the cluster would refuse, and fields that kinds do not have, where they are written', async () => {
    const stdin = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
    - timeout: banana
      retry: { attempts: 3 }
      route:
        - weight: -5
          destination: { host: cart }
        - weight: 105
          destination: { host: cart }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`;
    const { code, out } = await runMesh(['analyze', '-o', 'json', '-'], {
      stdin,
    });
    expect(code).toBe(1);
    expect(
      JSON.parse(out).findings.map(
        (found: Record<string, unknown>) =>
          `${found.line} ${found.code} ${found.field}`,
      ),
    ).toEqual([
      '11 IST0106 spec.http[0].route[0].weight',
      '8 IST0106 spec.http[0].timeout',
      '9 MESH-0002 spec.http[0].retry',
      '14 KIA1105 spec.http[0].route[1].destination',
    ]);
    expect(out).toContain('Write retries: {');
  });

  it('says what is suppressed, and why, and does not fail for it', async () => {
    const stdin = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cart
  namespace: shop
  annotations: { galley.istio.io/analyze-suppress: IST0101 }
spec:
  hosts: [cart]
  http: [{ route: [{ destination: { host: nowhere } }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`;
    const reason =
      'The object has the annotation galley.istio.io/analyze-suppress: IST0101';
    const text = await runMesh(['analyze', '-'], { stdin });
    expect(text.out).toBe(`1 finding suppressed
  IST0101 standard input:10:37: The object has the annotation galley.istio.io/analyze-suppress:
    IST0101

No other findings in 2 objects of 1 file`);
    expect(text.code).toBe(0);

    const json = await runMesh(['analyze', '-o', 'json', '-'], { stdin });
    expect(json.code).toBe(0);
    expect(JSON.parse(json.out)).toMatchObject({
      findings: [],
      suppressed: [{ code: 'IST0101', line: 10, reason }],
      summary: { error: 0, suppressed: 1 },
    });
  });

  it('ends well where nothing is wrong', async () => {
    expect(await runMesh(['analyze', 'clean'])).toEqual({
      code: 0,
      out: 'No findings in 3 objects of 1 file',
      err: '',
    });
  });

  it.each([
    ['error', 0],
    ['warning', 0],
    ['info', 1],
  ])('fails on %s where it is told to', async (level, code) => {
    const stdin = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { labels: { app: cart } } } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: '', kind: Service, name: cart }]
  rules: [{ matches: [{ path: { value: /v1 } }] }]
`;
    const result = await runMesh(['analyze', '-', '--fail-on', level], {
      stdin,
    });
    expect(result.out).toContain('info MESH-L0304 standard input:14:34');
    expect(result.code).toBe(code);
  });

  it('writes JSON with places', async () => {
    const { out, code } = await runMesh([
      'analyze',
      'shop',
      '--complete',
      '-o',
      'json',
    ]);
    const answer = JSON.parse(out);
    expect(code).toBe(1);
    expect(answer).toMatchObject({
      version: 1,
      summary: {
        error: 3,
        warning: 0,
        info: 1,
        files: 4,
        objects: 6,
        otherObjects: 1,
      },
      problems: [],
    });
    expect(answer.findings[0]).toEqual({
      code: 'MESH-L0101',
      aliases: [],
      level: 'error',
      title: 'A Server names a port that no container has',
      message: expect.stringContaining('admin-http'),
      object: {
        kind: 'policy.linkerd.io/Server',
        namespace: 'shop',
        name: 'cart-admin',
      },
      field: 'spec.port',
      docs: expect.stringMatching(/#mesh-l0101$/),
      file: 'shop/cart.yaml',
      line: 34,
      column: 3,
      fix: expect.stringContaining('port'),
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('colours where colours are wanted', async () => {
    const { out } = await runMesh(['analyze', 'shop'], { colour: true });
    expect(out).toContain('\u001b[31merror\u001b[39m');
  });
});
