import { ROUTES } from 'backstage-plugin-mesh-common';
import { runMesh } from '../__testUtils__/runMesh';

describe('mesh routes', () => {
  it('lists the rules of each port in order', async () => {
    expect(
      await runMesh(['routes', 'shop/cart.yaml', 'shop/namespace.yaml']),
    ).toEqual({
      code: 0,
      err: '',
      out: `Service shop/cart (linkerd), seen from namespace shop
  80 http detected, predicted
    1  path starts with /v2
       -> cart-v2.shop.svc.cluster.local:80 100 % answers 500: There is no Service shop/cart-v2
       HTTPRoute shop/cart rules[0] [shop/cart.yaml:43]
    otherwise 404
       - With routes on a Service, a request that none of their rules matches is answered with 404
         [shop/cart.yaml:42]`,
    });
  });

  it('writes JSON in the form of the backend’s answers', async () => {
    const { out } = await runMesh(['routes', 'shop', '-o', 'json']);
    const { version, services } = JSON.parse(out);
    expect(version).toBe(1);
    expect(() =>
      ROUTES.routing.response.parse({
        entityRef: 'component:default/cart',
        clusters: [],
        services,
        withoutService: [],
      }),
    ).not.toThrow();
  });

  it('names the canary that moves the weights, and where they are others', async () => {
    const { out } = await runMesh(['routes', 'canary']);
    expect(out).toContain(
      '  canary Argo Rollout reviews: paused, step 2 of 3 (pause 10m), 25 % to the new version',
    );
    expect(out.replace(/\s+/g, ' ')).toContain(
      'next 50 % after 10 min, at 2026-06-01T10:10:00.000Z',
    );
    expect(out).toContain(
      'The Rollout wants 25 %, VirtualService shop/reviews sends 10 %',
    );
    expect(out).toContain('[canary/reviews.yaml:');
  });

  it('lists the hosts of ServiceEntries', async () => {
    const yaml = [
      'apiVersion: v1',
      'kind: Namespace',
      'metadata: { name: shop, labels: { istio-injection: enabled } }',
      '---',
      'apiVersion: networking.istio.io/v1',
      'kind: ServiceEntry',
      'metadata: { name: rates, namespace: shop }',
      'spec: { hosts: [rates.example.com], location: MESH_EXTERNAL, resolution: DNS, ports: [{ number: 80, name: http, protocol: HTTP }] }',
      '---',
      'apiVersion: networking.istio.io/v1',
      'kind: VirtualService',
      'metadata: { name: rates, namespace: shop }',
      'spec: { hosts: [rates.example.com], http: [{ timeout: 2s, route: [{ destination: { host: rates.example.com } }] }] }',
    ].join('\n');
    const asked = (...args: string[]) =>
      runMesh(['routes', '-', ...args], { stdin: yaml });
    const { code, out } = await asked();
    expect(code).toBe(0);
    expect(out).toContain(
      'Host rates.example.com (istio), seen from namespace shop',
    );
    expect(out).toContain('VirtualService shop/rates http[0]');
    expect((await asked('--service', 'rates.example.com')).out).toBe(out);
    expect(await asked('--service', 'other.example.com')).toMatchObject({
      code: 2,
      err: expect.stringContaining(
        'there is no Service or ServiceEntry of the name other.example.com',
      ),
    });
  });

  it('looks from another place', async () => {
    const { out } = await runMesh([
      'routes',
      'shop',
      '--from',
      'shop/Deployment/web',
    ]);
    expect(out).toContain('seen from Deployment shop/web');
    expect(out).toContain('has no mesh proxy');
  });

  it.each([
    [
      ['--from', 'shop/Deployment/ghost'],
      '--from shop/Deployment/ghost: there is no such workload in the input',
    ],
    [
      ['--from', 'shop/web'],
      '--from shop/web is neither NAMESPACE nor NAMESPACE/Kind/name',
    ],
    [
      ['--service', 'ghost'],
      'there is no Service or ServiceEntry of the name ghost in the input',
    ],
    [
      ['-n', 'team'],
      'there is no Service or ServiceEntry in namespace team in the input',
    ],
  ])('refuses %j', async (args, message) => {
    const { code, err, out } = await runMesh(['routes', 'shop', ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`mesh: ${message}`);
  });
});
