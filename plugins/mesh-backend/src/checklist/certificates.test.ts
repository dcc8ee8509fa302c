import { MeshAdapter } from 'backstage-plugin-mesh-common';
import { FakeApiServer } from '../__testUtils__/FakeApiServer';
import { fakeChecks } from '../__testUtils__/fakeChecks';
import { fakeMesh } from '../__testUtils__/fakeMesh';
import { FakePrometheus } from '../__testUtils__/FakePrometheus';
import { SHOP_ENTITIES, startShop } from '../__testUtils__/shop';
import { REVIEWS } from '../__testUtils__/shopMesh';
import { StartedMesh } from '../__testUtils__/startMesh';
import { createMeshPlugin } from '../plugin';

const ROTATION = 'security-setup.set-up-certificate-rotation';

const ISSUER = { id: 'issuer', title: 'Issuer', warnBelowDays: 30 };

/** Whose issuer is in a Secret, and whose control plane measures when it ends. */
function measuring(mesh: MeshAdapter): MeshAdapter {
  return {
    ...mesh,
    clusterMesh: snapshot => {
      const found = mesh.clusterMesh(snapshot);
      return (
        found && {
          ...found,
          certificates: [
            { ...ISSUER, validity: { value: 'unknown', reasons: [] } },
          ],
        }
      );
    },
    certificateExpiry: () => ({
      expressions: { end: 'issuer_end' },
      read: ({ end }) =>
        end.map(({ value }) => ({
          ...ISSUER,
          validity: {
            value: 'known',
            reasons: [{ rule: 'fake', text: 'Metric issuer_end' }],
          },
          notAfter: new Date(value).toISOString(),
        })),
    }),
  };
}

describe('certificates on the checklist', () => {
  let east: FakeApiServer;
  let prometheus: FakePrometheus;
  let mesh: StartedMesh;
  let end: number;

  beforeAll(async () => {
    east = await startShop();
    prometheus = await FakePrometheus.start();
    end = Date.now() - 1;
    prometheus.answer = query =>
      query === 'issuer_end' ? [{ labels: {}, value: end }] : [];
    mesh = await StartedMesh.start({
      entities: SHOP_ENTITIES,
      clusters: { east },
      plugin: createMeshPlugin({
        meshes: [measuring(fakeMesh)],
        checks: fakeChecks,
      }),
      mesh: {
        prometheus: [
          { name: 'prod', url: prometheus.url, scrapeInterval: { seconds: 1 } },
        ],
        checklist: { trafficInterval: { seconds: 1 } },
      },
    });
    await mesh.untilClusters({ east: 'synced' });
  });

  afterAll(async () => {
    await mesh?.stop();
    await prometheus?.stop();
    await east?.stop();
  });

  interface Item {
    id: string;
    state: string;
    cause?: string;
    evidence: string;
  }

  async function rotation(): Promise<Item | undefined> {
    const { sections } = await mesh.body('admin', `${REVIEWS}/readiness`);
    return sections
      .flatMap(({ items }: { items: Item[] }) => items)
      .find(({ id }: Item) => id === ROTATION);
  }

  it('fail once what the mesh of the entity issues with has expired, and are as unknown as before once it is new', async () => {
    const failed = await mesh.until(rotation, item => item?.state === 'fail');
    expect(failed).toMatchObject({
      evidence: expect.stringMatching(
        /^“Issuer” of Fake \(east\) expired on \d{4}-\d\d-\d\d$/,
      ),
      reasons: [{ text: 'Metric issuer_end' }],
    });
    end += 365 * 86_400_000;
    expect(
      await mesh.until(rotation, item => item?.state !== 'fail'),
    ).toMatchObject({ state: 'unknown', cause: 'not-assessed' });
  });
});
