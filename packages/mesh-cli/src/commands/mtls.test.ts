import { ROUTES } from 'backstage-plugin-mesh-common';
import { runMesh } from '../__testUtils__/runMesh';

describe('mesh mtls', () => {
  it('says of each workload what its ports accept, and why', async () => {
    const { code, out, err } = await runMesh([
      'mtls',
      'shop/namespace.yaml',
      'shop/cart.yaml',
      'shop/web.json',
    ]);
    expect([code, err]).toEqual([0, '']);
    const [cart, web, summary] = out.split('\n\n');
    expect(cart)
      .toBe(`Deployment shop/cart: protected (linkerd, sidecar, predicted)
  - Namespace shop asks for a proxy in its pods: linkerd.io/inject is enabled
    [shop/namespace.yaml:6]
  8080 http detected: accepts mTLS only (all-authenticated), predicted, as cart:80
    - No Server selects the port, and the default policy is all-authenticated
      [shop/namespace.yaml:7]
  9090 admin detected: accepts mTLS only (all-authenticated), predicted
    - No Server selects the port, and the default policy is all-authenticated
      [shop/namespace.yaml:7]`);
    expect(web).toMatch(
      /^Deployment shop\/web: not in a mesh \(no proxy, predicted\)$/m,
    );
    expect(web).toContain(
      '  - The pod refuses a proxy: linkerd.io/inject is disabled [shop/web.json:9]\n',
    );
    expect(web).toContain('  3000 tcp: accepts plaintext only\n');
    expect(summary).toBe('2 workloads: 1 protected, 1 not in a mesh');
  });

  it('writes JSON in the form of the backend’s answers', async () => {
    const { out } = await runMesh(['mtls', 'shop/web.json', '-o', 'json']);
    const { version, workloads } = JSON.parse(out);
    expect(version).toBe(1);
    const parsed = ROUTES.mtls.response.parse({
      entityRef: 'component:default/web',
      verdict: workloads[0].verdict,
      clusters: [],
      workloads,
    }).workloads;
    expect(parsed.map(({ workload }) => workload.name)).toEqual(['web']);
  });

  it.each([
    [['--workload', 'web'], ['web']],
    [
      ['-n', 'shop'],
      ['cart', 'web'],
    ],
  ])('filters by %j', async (args, names) => {
    const { out } = await runMesh(['mtls', 'shop', '-o', 'json', ...args]);
    expect(
      JSON.parse(out).workloads.map(
        ({ workload }: { workload: { name: string } }) => workload.name,
      ),
    ).toEqual(names);
  });

  it('says that what is asked for is not there', async () => {
    const { code, err } = await runMesh([
      'mtls',
      'shop/web.json',
      '--workload',
      'cart',
      '-n',
      'shop',
    ]);
    expect([code, err]).toEqual([
      2,
      'mesh: there is no workload of the name cart in namespace shop in the input',
    ]);
  });
});
