import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  actionsRegistryServiceMock,
  MockActionsRegistry,
} from '@backstage/backend-test-utils/alpha';
import { ROUTES } from 'backstage-plugin-mesh-common';
import { FakeApiServer } from '../__testUtils__/FakeApiServer';
import { SHOP_ENTITIES, SHOP_RIGHTS, startShop } from '../__testUtils__/shop';
import { StartedMesh, Who } from '../__testUtils__/startMesh';

const user = (who: Who) => mockCredentials.user(`user:default/${who}`);

describe('the actions', () => {
  let east: FakeApiServer;
  let mesh: StartedMesh;
  let registry: MockActionsRegistry;

  beforeAll(async () => {
    registry = actionsRegistryServiceMock({
      logger: mockServices.logger.mock(),
    });
    east = await startShop();
    mesh = await StartedMesh.start({
      entities: SHOP_ENTITIES,
      mayRead: SHOP_RIGHTS,
      clusters: { east },
      features: [
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => registry,
        }),
      ],
    });
    await mesh.untilClusters({ east: 'synced' });
  });

  afterAll(async () => {
    await mesh?.stop();
    await east?.stop();
  });

  it('only read', async () => {
    const { actions } = await registry.list();
    expect(actions.length).toBeGreaterThan(0);
    for (const { attributes } of actions) {
      expect(attributes).toEqual({
        readOnly: true,
        destructive: false,
        idempotent: true,
      });
    }
  });

  describe.each([
    ['get-entity-mtls', 'mtls', ROUTES.mtls.response],
    ['get-entity-routes', 'routing', ROUTES.routing.response],
    ['get-entity-findings', 'findings', ROUTES.findings.response],
    ['get-entity-readiness', 'readiness', ROUTES.readiness.response],
  ])('%s', (name, path, schema) => {
    const id = `test:${name}`;
    const input = { name: 'reviews' };

    it.each<Who>(['admin', 'reader'])(
      'gives %s what the route gives them',
      async who => {
        const { output } = await registry.invoke({
          id,
          input,
          credentials: user(who),
        });
        expect(schema.parse(output)).toEqual(output);
        expect(output).toEqual(
          await mesh.body(who, `/entities/component/default/reviews/${path}`),
        );
      },
    );

    it('does not tell who may not read an entity whether it is there', async () => {
      const ask = (entity: string) =>
        registry.invoke({
          id,
          input: { name: entity },
          credentials: user('stranger'),
        });
      await expect(ask('reviews')).rejects.toThrow(
        'There is no entity component:default/reviews that you may read',
      );
      await expect(ask('not-there')).rejects.toThrow(
        'There is no entity component:default/not-there that you may read',
      );
    });

    it.each([
      ['services', mockCredentials.service()],
      ['nobody', mockCredentials.none()],
    ])('refuses %s', async (_, credentials) => {
      await expect(registry.invoke({ id, input, credentials })).rejects.toThrow(
        'This needs the credentials of a user',
      );
    });

    it('refuses a question without a name', async () => {
      await expect(
        registry.invoke({ id, input: {}, credentials: user('admin') }),
      ).rejects.toThrow(`Invalid input to action "${id}"`);
    });
  });
});

it('are served to portals beside the routes', async () => {
  const mesh = await StartedMesh.start({
    entities: SHOP_ENTITIES,
    features: [actionsRegistryServiceFactory],
  });
  try {
    const { actions } = await mesh.body(
      'reader',
      '/.backstage/actions/v1/actions',
    );
    expect(actions.map(({ id }: { id: string }) => id)).toEqual([
      'mesh:get-entity-mtls',
      'mesh:get-entity-routes',
      'mesh:get-entity-findings',
      'mesh:get-entity-readiness',
    ]);
  } finally {
    await mesh.stop();
  }
});
