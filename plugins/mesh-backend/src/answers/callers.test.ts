import { CallersAnswer } from 'backstage-plugin-mesh-common';
import { component, startShop } from '../__testUtils__/shop';
import { REVIEWS, startShopMesh } from '../__testUtils__/shopMesh';
import { StartedMesh, Who } from '../__testUtils__/startMesh';

describe('who may call an entity', () => {
  let shop: Awaited<ReturnType<typeof startShopMesh>>;

  beforeAll(async () => {
    shop = await startShopMesh();
  });

  afterAll(() => shop.stop());

  const answer = async (who: Who): Promise<CallersAnswer> =>
    shop.mesh.body(who, `${REVIEWS}/callers`);

  /** Callers as `who: decision`. */
  const summary = ({ workloads: [{ callers }] }: CallersAnswer) =>
    callers.map(
      ({ class: name, workload, identity, ports }) =>
        `${name ?? workload?.name ?? identity}: ${ports[0].decision.value}`,
    );

  it('names everybody to holders of mesh.fleet.read', async () => {
    const found = await answer('admin');
    expect(summary(found)).toEqual([
      'page: denied',
      'secret: denied',
      // A rule names it, but what it sends is plaintext.
      'ghost: denied',
      'nowhere/nobody: allowed',
      'same-namespace: denied',
      'elsewhere-in-mesh: denied',
      'outside-mesh: denied',
    ]);
    expect(found.workloads[0].hiddenCallers).toBe(0);
    expect(JSON.stringify(found)).toContain('nowhere/nobody');
  });

  it('counts for others whom they may not see, in rules and reasons too', async () => {
    const found = await answer('reader');
    const [{ hiddenCallers, ports }] = found.workloads;
    expect(summary(found)).toEqual([
      'page: denied',
      'same-namespace: denied',
      'elsewhere-in-mesh: denied',
      'outside-mesh: denied',
    ]);
    expect(hiddenCallers).toBe(3);
    expect(ports[0].rules[0].from).toEqual([
      [{ subject: 'identity', operator: 'in', values: [], hidden: 2 }],
    ]);
    const text = JSON.stringify(found);
    expect(text).not.toContain('ghost');
    expect(text).not.toContain('nobody');
    expect(text).not.toContain('secret');
    expect(ports[0].rules[0].reason.text).toBe(
      'It lets in (an identity that you may not see), (an identity that you may not see)',
    );
  });

  it('opens the policy that a decision names', async () => {
    const query = new URLSearchParams({
      cluster: 'east',
      kind: 'security.istio.io/AuthorizationPolicy',
      objectNamespace: 'shop',
      objectName: 'reviews',
    });
    const { object } = await shop.mesh.body(
      'admin',
      `${REVIEWS}/object?${query}`,
    );
    expect(object.name).toBe('reviews');
  });

  it('decides about callers that were seen and that nobody knows', async () => {
    const { workloads } = await shop.mesh.body(
      'admin',
      `${REVIEWS}/mtls/observed?window=300`,
    );
    const calls = workloads[0].callers.map(
      (caller: {
        workload?: { name: string };
        calls?: { decision: { value: string } }[];
      }) => [caller.workload?.name, caller.calls?.[0].decision.value],
    );
    expect(calls).toContainEqual(['bystander', 'denied']);
    expect(calls).toContainEqual(['page', undefined]);
  });
});

describe('mesh.entityScope', () => {
  it('keeps from an entity what it may not reach, and says so', async () => {
    const east = await startShop();
    const mesh = await StartedMesh.start({
      entities: [
        component('reviews'),
        component('page'),
        component('intruder', {
          'backstage.io/kubernetes-id': 'secret',
          'backstage.io/kubernetes-namespace': 'vault',
        }),
      ],
      clusters: { east },
      mesh: {
        entityScope: {
          default: ['shop'],
          rules: [{ entity: 'component:default/page', namespaces: ['front'] }],
        },
      },
    });
    try {
      await mesh.untilClusters({ east: 'synced' });
      const entity = async (name: string, route = 'mtls') =>
        mesh.body('admin', `/entities/component/default/${name}/${route}`);
      const names = ({ workloads }: { workloads: { workload: object }[] }) =>
        workloads.map(({ workload }) => workload);
      expect(names(await entity('reviews'))).toHaveLength(1);
      expect(names(await entity('page'))).toHaveLength(1);
      const refused = await entity('intruder');
      expect(refused).toMatchObject({
        workloads: [],
        scopeLimit:
          'The annotation backstage.io/kubernetes-namespace of component:default/intruder names vault, but mesh.entityScope lets it reach the namespaces shop only',
      });
      expect(refused.verdict.reasons[0].text).toContain('mesh.entityScope');
      for (const route of ['routing', 'findings', 'callers']) {
        expect(JSON.stringify(await entity('intruder', route))).not.toContain(
          'Deployment',
        );
      }
      const { services } = await mesh.body('admin', '/fleet/services');
      expect(
        services.map(({ entityRef }: { entityRef: string }) => entityRef),
      ).toEqual(['component:default/page', 'component:default/reviews']);
    } finally {
      await mesh.stop();
      await east.stop();
    }
  });
});
