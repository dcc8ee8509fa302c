import { FindingsAnswer } from 'backstage-plugin-mesh-common';
import { peerAuthentication } from '../__testUtils__/objects';
import { REVIEWS, startShopMesh } from '../__testUtils__/shopMesh';

const ANNOTATION = 'galley.istio.io/analyze-suppress';

describe('findings about an entity', () => {
  let shop: Awaited<ReturnType<typeof startShopMesh>>;

  beforeAll(async () => {
    shop = await startShopMesh();
  });

  afterAll(async () => {
    await shop?.stop();
  });

  it('lists those apart that an annotation suppresses', async () => {
    const { east, mesh } = shop;
    const answer = (isIt: (found: FindingsAnswer) => boolean) =>
      mesh.until<FindingsAnswer>(
        () => mesh.body('reader', `${REVIEWS}/findings`),
        isIt,
      );
    const before = await answer(({ findings }) => findings.length > 0);
    expect(before.findings.map(({ code }) => code)).toEqual(['FAKE2', 'FAKE1']);
    expect(before.suppressed).toEqual([]);

    const policy = peerAuthentication('PERMISSIVE');
    east.put({
      ...policy,
      metadata: { ...policy.metadata, annotations: { [ANNOTATION]: 'FAKE2' } },
    });
    const [finding, other] = before.findings;
    expect(await answer(({ suppressed }) => suppressed.length > 0)).toEqual({
      ...before,
      findings: [other],
      suppressed: [
        {
          finding,
          reason: `The object has the annotation ${ANNOTATION}: FAKE2`,
        },
      ],
    });
  });
});

describe('findings that the configuration suppresses', () => {
  let shop: Awaited<ReturnType<typeof startShopMesh>>;

  beforeAll(async () => {
    shop = await startShopMesh({
      analysis: { suppress: ['FAKE2=PeerAuthentication *.shop'] },
    });
  });

  afterAll(async () => {
    await shop?.stop();
  });

  it('are listed apart, with the reason', async () => {
    const { mesh } = shop;
    const { findings, suppressed } = await mesh.until<FindingsAnswer>(
      () => mesh.body('reader', `${REVIEWS}/findings`),
      answer => answer.suppressed.length > 0,
    );
    expect(findings.map(({ code }) => code)).toEqual(['FAKE1']);
    expect(
      suppressed.map(({ finding, reason }) => [finding.code, reason]),
    ).toEqual([
      ['FAKE2', 'The configuration suppresses FAKE2=PeerAuthentication *.shop'],
    ]);
  });
});
