import {
  RouteAccess,
  RouteName,
  ROUTES,
  WRITE_ROUTES,
} from 'backstage-plugin-mesh-common';
import { FakeApiServer } from './__testUtils__/FakeApiServer';
import { SHOP_ENTITIES, SHOP_RIGHTS, startShop } from './__testUtils__/shop';
import { StartedMesh, Who } from './__testUtils__/startMesh';

const ENTITY = '/entities/component/default/reviews';

/** A request for each route that is answered. */
const PATHS: Record<RouteName, string> = {
  mtls: `${ENTITY}/mtls`,
  callers: `${ENTITY}/callers`,
  observedMtls: `${ENTITY}/mtls/observed?window=300`,
  routing: `${ENTITY}/routing?from=front`,
  observedRouting: `${ENTITY}/routing/observed`,
  findings: `${ENTITY}/findings`,
  object: `${ENTITY}/object?cluster=east&kind=Service&objectNamespace=shop&objectName=reviews`,
  walk: `${ENTITY}/walk?${new URLSearchParams({
    request: JSON.stringify({
      cluster: 'east',
      from: { namespace: 'front', kind: 'Deployment', name: 'page' },
      host: 'reviews.shop',
      port: 8080,
    }),
  })}`,
  identities: `${ENTITY}/identities`,
  traces: `${ENTITY}/traces?lookback=900`,
  traceOperations: `${ENTITY}/traces/operations?service=reviews.shop`,
  trace: `${ENTITY}/traces/5dda682a01a2142d9f1052238fc1bebe`,
  placements: '/placements?cluster=east',
  fleetClusters: '/fleet/clusters',
  observedFleetClusters: '/fleet/clusters/observed',
  fleetServices: '/fleet/services',
  readiness: `${ENTITY}/readiness`,
  fleetReadiness: '/fleet/readiness',
};

/** What filtered routes answer who may read nothing. */
const NOTHING: Partial<Record<RouteName, object>> = {
  placements: { placements: [] },
  fleetServices: { services: [], withoutWorkloads: [] },
  fleetReadiness: { entities: [] },
};

const NAMES = Object.keys(ROUTES) as RouteName[];

describe('the mesh plugin', () => {
  let east: FakeApiServer;
  let mesh: StartedMesh;

  beforeAll(async () => {
    east = await startShop();
    mesh = await StartedMesh.start({
      entities: SHOP_ENTITIES,
      mayRead: SHOP_RIGHTS,
      clusters: { east },
    });
    await mesh.untilClusters({ east: 'synced' });
  });

  afterAll(async () => {
    await mesh?.stop();
    await east?.stop();
  });

  describe.each(NAMES)('%s', name => {
    const { access, response, path } = ROUTES[name];
    const wrongQuery = `${PATHS[name].split('?')[0]}?nonsense=1`;

    it('answers a user who may, by the contract', async () => {
      const { status, body, headers } = await mesh.get('admin', PATHS[name]);
      expect([status, body]).toEqual([200, expect.any(Object)]);
      expect(response.parse(body)).toEqual(body);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
      expect(headers['cache-control']).toBe('private, no-cache');
    });

    it('says 304 to who has the answer', async () => {
      const askAgain = async () => {
        const { headers } = await mesh.get('admin', PATHS[name]);
        const { status, text } = await mesh
          .get('admin', PATHS[name])
          .set('If-None-Match', headers.etag);
        return { status, text };
      };
      // Of two, since an observation may become older between one pair of questions.
      expect([await askAgain(), await askAgain()]).toContainEqual({
        status: 304,
        text: '',
      });
      const other = await mesh
        .get('admin', PATHS[name])
        .set('If-None-Match', 'W/"other"');
      expect(other.status).toBe(200);
    });

    it.each([PATHS[name], wrongQuery])(
      'refuses nobody and services, before all else: %s',
      async asked => {
        expect((await mesh.get('nobody', asked)).status).toBe(401);
        expect((await mesh.get('service', asked)).status).toBe(403);
      },
    );

    it('names an unknown query parameter, before it looks who may ask', async () => {
      const { status, body } = await mesh.get('stranger', wrongQuery);
      expect(status).toBe(400);
      expect(body.error).toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('Unknown query parameter "nonsense"'),
      });
    });

    it('gives a user only what they may read', async () => {
      const { status, body } = await mesh.get('stranger', PATHS[name]);
      const expected: Record<RouteAccess, object> = {
        entity: { status: 404, body: { error: { name: 'NotFoundError' } } },
        checklist: { status: 404, body: { error: { name: 'NotFoundError' } } },
        fleet: { status: 403, body: { error: { name: 'NotAllowedError' } } },
        filtered: { status: 200, body: NOTHING[name] },
      };
      expect({ status, body }).toMatchObject(expected[access]);
    });

    it('does not tell an entity that may not be read from one that is not there', async () => {
      const ask = async (entity: string) => {
        const { status, body } = await mesh.get(
          'stranger',
          PATHS[name].replace('reviews', entity),
        );
        return [status, body.error?.message.replace(entity, '…')];
      };
      expect(await ask('reviews')).toEqual(await ask('not-there'));
      expect(path.startsWith('/entities')).toBe(access === 'entity');
    });
  });

  it.each<[string, string]>([
    [`${ENTITY}/mtls/observed?window=61`, 'Invalid query parameter "window"'],
    [
      `${ENTITY}/mtls/observed?window=60&window=300`,
      'Invalid query parameter "window"',
    ],
    [
      `${ENTITY}/mtls/observed?window[a]=60`,
      'Invalid query parameter "window"',
    ],
    [`${ENTITY}/routing?from=A%20B`, 'Invalid query parameter "from"'],
    [
      `${ENTITY}/object?cluster=east&kind=Pod`,
      'Invalid query parameter "objectName"',
    ],
    [
      `/entities/component/default/${'x'.repeat(300)}/mtls`,
      'Invalid path parameter "name"',
    ],
    [
      '/entities/component/default/wrong/mtls',
      'The annotation backstage.io/kubernetes-label-selector of component:default/wrong cannot be read: "app=(" in the label selector "app=("',
    ],
    [
      `${ENTITY}/routing?from=shop/Deployment/missing`,
      'Query parameter "from": there is no shop/Deployment/missing that you may see on east',
    ],
  ])('refuses %s by name', async (asked, message) => {
    const { status, body } = await mesh.get('reader', asked);
    expect([status, body.error.name]).toEqual([400, 'InputError']);
    expect(body.error.message).toContain(message);
  });

  it('takes entity names in any case', async () => {
    const { entityRef } = await mesh.body(
      'reader',
      '/entities/Component/Default/Reviews/mtls',
    );
    expect(entityRef).toBe('component:default/reviews');
  });

  it.each<[Who, string]>([
    ['reader', '/nonsense'],
    ['reader', `${ENTITY}/nonsense`],
    ['reader', '/'],
  ])('says to a %s that there is no %s', async (who, path) => {
    const { status, body } = await mesh.get(who, path);
    expect(status).toBe(404);
    expect(body.error).toMatchObject({
      name: 'NotFoundError',
      message: `There is no GET ${path} in this API`,
    });
  });

  it('describes itself to everybody', async () => {
    const { status, body } = await mesh.get('nobody', '/openapi.json');
    expect(status).toBe(200);
    expect(Object.keys(body.paths)).toHaveLength(
      NAMES.length + Object.keys(WRITE_ROUTES).length,
    );
  });
});

describe('the mesh plugin without the Kubernetes plugin', () => {
  it('starts, and says what is missing', async () => {
    const mesh = await StartedMesh.start({
      entities: SHOP_ENTITIES,
      kubernetes: false,
    });
    try {
      const answer = await mesh.until(
        () => mesh.body('reader', `${ENTITY}/mtls`),
        ({ clusterListProblem }) => clusterListProblem,
      );
      expect(answer).toMatchObject({
        clusterListProblem: expect.stringContaining('Kubernetes plugin'),
        clusters: [],
        workloads: [],
        verdict: { value: 'unknown' },
      });
    } finally {
      await mesh.stop();
    }
  });
});

describe('the mesh plugin with a wrong configuration', () => {
  it('does not start, and names the key', async () => {
    await expect(
      StartedMesh.start({
        entities: [],
        mesh: { prometheus: [{ name: 'a', url: 9090 }] },
      }),
    ).rejects.toThrow(
      'mesh.prometheus[0].url: expected string, received number',
    );
  });
});
