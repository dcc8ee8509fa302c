import { startShopMesh } from '../__testUtils__/shopMesh';
import { StartedMesh } from '../__testUtils__/startMesh';

describe('the fleet', () => {
  let shop: Awaited<ReturnType<typeof startShopMesh>>;
  let mesh: StartedMesh;

  beforeAll(async () => {
    shop = await startShopMesh();
    ({ mesh } = shop);
  });

  afterAll(async () => {
    await shop?.stop();
  });

  it('lists the entities that a reader may see, with their verdicts', async () => {
    const answer = await mesh.body('reader', '/fleet/services');
    expect(answer.withoutWorkloads).toEqual([
      'component:default/elsewhere',
      'component:default/nowhere',
      'component:default/wrong',
    ]);
    expect(answer.services).toEqual([
      {
        entityRef: 'component:default/page',
        verdict: 'in-part',
        why: expect.any(String),
        meshes: ['fake'],
        clusters: ['east'],
        workloads: 1,
        findings: { error: 0, warning: 0, info: 0 },
      },
      {
        entityRef: 'component:default/reviews',
        verdict: 'in-part',
        why: expect.stringContaining('may not see'),
        meshes: ['fake'],
        clusters: ['east'],
        workloads: 1,
        findings: { error: 1, warning: 1, info: 0 },
      },
    ]);
    const all = await mesh.body('admin', '/fleet/services');
    expect(
      all.services.map(({ entityRef }: { entityRef: string }) => entityRef),
    ).toContain('component:default/secret');
  });

  it('tells who reads the fleet of all clusters', async () => {
    expect((await mesh.body('admin', '/fleet/clusters')).clusters).toEqual([
      expect.objectContaining({
        name: 'east',
        status: 'synced',
        kubernetesVersion: 'v1.34.1',
        meshes: [expect.objectContaining({ mesh: 'fake' })],
        workloads: { total: 5, inMesh: 5 },
        findings: { error: 2, warning: 2, info: 0 },
      }),
    ]);
  });

  it.each([
    [
      'nowhere',
      /No workload with the labels backstage\.io\/kubernetes-id=nowhere was found on east/,
    ],
    ['elsewhere', /kubernetes-cluster names north, and there are only east/],
    ['library', /has neither the annotation/],
  ])('says why nothing is found for %s', async (name, text) => {
    const { workloads, verdict } = await mesh.body(
      'reader',
      `/entities/component/default/${name}/mtls`,
    );
    expect(workloads).toEqual([]);
    expect(verdict.value).toBe('unknown');
    expect(verdict.reasons[0].text).toMatch(text);
  });
});
