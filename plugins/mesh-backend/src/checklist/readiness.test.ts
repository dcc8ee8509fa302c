import { ROUTES } from 'backstage-plugin-mesh-common';
import { REVIEWS, startShopMesh } from '../__testUtils__/shopMesh';
import { StartedMesh, Who } from '../__testUtils__/startMesh';

const METRICS = 'observability.configure-metrics-collection';
const MTLS = 'security-setup.enable-mtls-for-all-services';
const BUDGETS = 'high-availability.set-up-pod-disruption-budgets';

/** What must never reach somebody who may not read it. */
const SECRETS = /secret|vault|ghost|crypt|nobody|bystander/;

interface Item {
  id: string;
  state: string;
  cause?: string;
  evidence: string;
  reasons: { object?: object; field?: string }[];
}

describe('the checklist of an entity', () => {
  let shop: Awaited<ReturnType<typeof startShopMesh>>;
  let mesh: StartedMesh;

  beforeAll(async () => {
    shop = await startShopMesh();
    ({ mesh } = shop);
  });

  afterAll(async () => {
    await shop?.stop();
  });

  async function items(who: Who, path = REVIEWS): Promise<Item[]> {
    const { sections } = await mesh.body(who, `${path}/readiness`);
    return sections.flatMap((section: { items: Item[] }) => section.items);
  }

  function itemOf(all: Item[], id: string): Item {
    const found = all.find(item => item.id === id);
    if (!found) {
      throw new TypeError(id);
    }
    return found;
  }

  it('says what the metrics store has, once it was asked', async () => {
    const all = await mesh.until(
      () => items('admin'),
      found => itemOf(found, METRICS).state === 'pass',
    );
    // Plaintext was seen: whatever the configuration says, it does not pass.
    expect(itemOf(all, MTLS)).toMatchObject({ state: 'fail' });
    expect(itemOf(all, 'installation.set-up-monitoring-stack').state).toBe(
      'pass',
    );
  });

  it('gives reasons whose objects can be read, and no other', async () => {
    const { reasons } = itemOf(await items('reader'), BUDGETS);
    expect(reasons[0].object).toEqual({
      cluster: 'east',
      kind: 'apps/Deployment',
      namespace: 'shop',
      name: 'reviews',
    });
    const control = await mesh.get(
      'reader',
      `${REVIEWS}/object?cluster=east&kind=apps/Deployment&objectNamespace=crypt&objectName=ghost`,
    );
    expect(control.status).toBe(404);
  });

  it('tells nobody of neighbours that they may not see', async () => {
    expect(JSON.stringify(await items('reader'))).not.toMatch(SECRETS);
  });

  it('passes nothing where nothing runs', async () => {
    const all = await items('reader', '/entities/component/default/nowhere');
    expect(all.filter(({ state }) => state === 'pass')).toEqual([]);
    expect(itemOf(all, BUDGETS)).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining('No workload'),
    });
  });

  it('follows the cluster', async () => {
    shop.east.put({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'reviews', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'reviews' } } },
    });
    const after = await mesh.until(
      () => items('reader'),
      found => itemOf(found, BUDGETS).state === 'pass',
    );
    expect(itemOf(after, BUDGETS).reasons[0].field).toBe('spec.selector');
  });

  it('gives the fleet the same counts, of what each may read', async () => {
    const fleet = ROUTES.fleetReadiness.response.parse(
      await mesh.body('reader', '/fleet/readiness'),
    );
    expect(fleet.entities.map(({ entityRef }) => entityRef)).toEqual([
      'component:default/page',
      'component:default/reviews',
    ]);
    const own = ROUTES.readiness.response.parse(
      await mesh.body('reader', `${REVIEWS}/readiness`),
    );
    expect(fleet.entities[1].counts).toEqual(own.counts);
    expect(fleet.entities[1].sections).toEqual(
      own.sections.map(({ counts }) => counts),
    );
  });
});
