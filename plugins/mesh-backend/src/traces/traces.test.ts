import { ROUTES } from 'backstage-plugin-mesh-common';
import { FakeApiServer } from '../__testUtils__/FakeApiServer';
import { FakeJaeger } from '../__testUtils__/FakeJaeger';
import {
  component,
  SHOP_ENTITIES,
  SHOP_RIGHTS,
  startShop,
} from '../__testUtils__/shop';
import { StartedMesh, Who } from '../__testUtils__/startMesh';

const REVIEWS = '/entities/component/default/reviews';
const START = Date.UTC(2026, 0, 1) * 1_000;

/** One service after the other, each called by the one before, as `name` or `name/namespace`. */
function trace(id: string, secondsAgo: number, ...services: string[]) {
  const traceID = id.padStart(32, '0');
  return {
    traceID,
    processes: Object.fromEntries(
      services.map(service => {
        const [serviceName, namespace] = service.split('/');
        return [
          service,
          {
            serviceName,
            tags: namespace
              ? [{ key: 'k8s.namespace.name', value: namespace }]
              : [],
          },
        ];
      }),
    ),
    spans: services.map((service, index) => ({
      traceID,
      spanID: `a${index}`,
      operationName: `call ${service}`,
      references:
        index > 0
          ? [{ refType: 'CHILD_OF', traceID, spanID: `a${index - 1}` }]
          : [],
      startTime: START - secondsAgo * 1_000_000 + index,
      duration: 1_000 - 10 * index,
      tags: [
        { key: 'owner', value: `tag of ${service}` },
        { key: 'http.status_code', value: secondsAgo === 30 ? '500' : '200' },
      ],
      logs: [],
      processID: service,
    })),
  };
}

const SHARED = trace('1', 10, 'page.front', 'reviews.shop', 'secret.vault');
const FAILED = trace('2', 30, 'ghost.crypt', 'reviews/shop');
const OTHERS = trace('3', 5, 'page.front', 'secret.vault');
const NAMESAKE = trace('4', 6, 'page.front', 'reviews/elsewhere');

describe('traces of an entity', () => {
  let east: FakeApiServer;
  let jaeger: FakeJaeger;
  let mesh: StartedMesh;

  beforeAll(async () => {
    east = await startShop();
    jaeger = await FakeJaeger.start();
    mesh = await StartedMesh.start({
      entities: [
        ...SHOP_ENTITIES,
        component('named', {
          'backstage.io/kubernetes-id': 'reviews',
          'jaegertracing.io/service': 'a b?c&d=e',
        }),
        component('curious', {
          'backstage.io/kubernetes-id': 'reviews',
          'jaegertracing.io/service': 'till',
        }),
      ],
      mayRead: SHOP_RIGHTS,
      clusters: { east },
      mesh: {
        traces: [
          {
            name: 'prod',
            type: 'jaeger',
            url: `${jaeger.url}/`,
            publicUrl: 'https://jaeger.example.com',
          },
        ],
      },
    });
    await mesh.untilClusters({ east: 'synced' });
  });

  beforeEach(() => {
    jaeger.services = ['page.front', 'reviews', 'reviews.shop', 'secret.vault'];
    jaeger.traces = [OTHERS, NAMESAKE, FAILED, SHARED];
    jaeger.instead = undefined;
    jaeger.requests.length = 0;
  });

  afterAll(async () => {
    await mesh?.stop();
    await jaeger?.stop();
    await east?.stop();
  });

  const search = (who: Who, query = '') =>
    mesh.body(who, `${REVIEWS}/traces?${query}`);

  it('lists those in which the entity has a span, and no other', async () => {
    const answer = await search('reader', 'lookback=900&limit=50');
    expect(ROUTES.traces.response.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      entityRef: 'component:default/reviews',
      measuredAt: expect.stringMatching(/^20\d\d-/),
      stores: [{ name: 'prod', clusters: ['east'], status: 'answered' }],
      withoutStore: [],
      services: ['reviews', 'reviews.shop'],
      hasMore: false,
    });
    expect(
      answer.traces.map((one: { traceId: string }) => one.traceId),
    ).toEqual([SHARED.traceID, FAILED.traceID]);
    const { searchParams } =
      jaeger.requests.find(({ pathname }) => pathname === '/api/traces') ??
      new URL('a:b');
    expect(searchParams.get('limit')).toBe('50');
    const [start, end] = ['start', 'end'].map(name =>
      Number(searchParams.get(name)),
    );
    expect(end - start).toBe(900 * 1_000_000);
  });

  it('names services that the caller may read, and counts the others', async () => {
    const [shared, failed] = (await search('reader')).traces;
    expect(shared).toMatchObject({ spans: 3, hiddenSpans: 1, failed: 0 });
    expect(shared.root).toEqual({
      service: 'page.front',
      name: 'call page.front',
    });
    expect(shared.services).toEqual([
      expect.objectContaining({
        name: 'page.front',
        entityRef: 'component:default/page',
      }),
      expect.objectContaining({
        name: 'reviews.shop',
        entityRef: 'component:default/reviews',
      }),
    ]);
    // Nobody knows whose `ghost` is.
    expect(failed).toMatchObject({ hiddenSpans: 1 });
    expect(failed.root).toBeUndefined();
    const admins = (await search('admin')).traces;
    expect(admins[0].hiddenSpans).toBe(0);
    expect(admins[1].root.service).toBe('ghost.crypt');
  });

  it('looks further where namesakes fill the list, and does not take theirs for more of its own', async () => {
    const others = Array.from({ length: 30 }, (_, index) =>
      trace(`b${index}`, 1, 'reviews/elsewhere'),
    );
    jaeger.traces = [...others, trace('c', 2, 'reviews/shop')];
    const { traces, hasMore } = await search(
      'reader',
      'service=reviews&operation=further',
    );
    expect(traces.map((one: { traceId: string }) => one.traceId)).toEqual([
      'c'.padStart(32, '0'),
    ]);
    expect(hasMore).toBe(false);
    const limits = jaeger.requests.flatMap(({ searchParams }) =>
      searchParams.has('limit') ? searchParams.get('limit') : [],
    );
    expect(limits).toEqual(['20', '200']);
  });

  it('says that there may be more where even the longest list is full', async () => {
    jaeger.traces = Array.from({ length: 200 }, (_, index) =>
      trace(`d${index.toString(16)}`, 1, 'reviews/elsewhere'),
    );
    const { traces, hasMore } = await search(
      'reader',
      'service=reviews&operation=full',
    );
    expect([traces, hasMore]).toEqual([[], true]);
  });

  it('asks for what failed by the tags that say so', async () => {
    const { traces } = await search('reader', 'errors=true');
    expect(traces.map((one: { traceId: string }) => one.traceId)).toEqual([
      FAILED.traceID,
    ]);
    const tags = jaeger.requests.flatMap(({ searchParams }) =>
      searchParams.has('tags') ? searchParams.get('tags') : [],
    );
    expect(tags).toEqual(
      expect.arrayContaining([
        '{"error":"true"}',
        '{"http.response.status_code":"503"}',
      ]),
    );
  });

  it('hands on what is asked for, escaped', async () => {
    await search(
      'reader',
      new URLSearchParams({
        service: 'reviews.shop',
        operation: 'GET /a?b&service=secret.vault',
        tags: 'a="x & y" c=1',
        minDuration: '1.5ms',
        maxDuration: '2s',
      }).toString(),
    );
    const asked = jaeger.requests.filter(
      ({ pathname }) => pathname === '/api/traces',
    );
    expect(asked).toHaveLength(1);
    const { searchParams } = asked[0];
    expect(searchParams.getAll('service')).toEqual(['reviews.shop']);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      operation: 'GET /a?b&service=secret.vault',
      tags: '{"a":"x & y","c":"1"}',
      minDuration: '1.5ms',
      maxDuration: '2s',
    });
  });

  it('takes the service that the annotation names', async () => {
    jaeger.services = ['a b?c&d=e'];
    jaeger.traces = [trace('5', 1, 'a b?c&d=e')];
    // What stores say is kept for a while; nobody has asked for this before.
    const path = '/entities/component/default/named/traces';
    expect(
      (
        await mesh.get(
          'reader',
          `${path}/operations?service=${encodeURIComponent('a b?c&d=e')}`,
        )
      ).body.operations,
    ).toEqual(['call a b?c&d=e']);
    expect(jaeger.requests).toHaveLength(1);
    const [{ pathname, searchParams }] = jaeger.requests;
    expect([pathname, searchParams.get('service')]).toEqual([
      '/api/traces',
      'a b?c&d=e',
    ]);
  });

  it('does not name the operations of another service of the name', async () => {
    jaeger.traces = [
      trace('9', 1, 'till/vault', 'page.front'),
      trace('a', 2, 'secret.vault', 'till/shop'),
    ];
    const { operations } = await mesh.body(
      'reader',
      '/entities/component/default/curious/traces/operations?service=till',
    );
    expect(operations).toEqual(['call till/shop']);
  });

  it('does not take what the annotation names from another namespace', async () => {
    jaeger.traces = [
      trace('6', 1, 'till/vault'),
      trace('7', 2, 'till/shop'),
      trace('8', 3, 'till'),
    ];
    const ids = ['6', '7', '8'].map(async id => {
      const { status } = await mesh.get(
        'reader',
        `/entities/component/default/curious/traces/${id}`,
      );
      return status;
    });
    expect(await Promise.all(ids)).toEqual([404, 200, 200]);
  });

  it.each([
    [
      'service=secret.vault',
      /"service": "secret.vault" is no name of this entity/,
    ],
    ['minDuration=5', /"minDuration": expected a duration with its unit/],
    ['minDuration=2s&maxDuration=1s', /maxDuration": 1s is shorter/],
    ['tags=error', /"tags": expected name=value/],
    ['lookback=1', /"lookback"/],
    ['limit=1000000', /"limit"/],
    ['errors=yes', /"errors"/],
    ['url=http://evil.example.com', /Unknown query parameter "url"/],
  ])('refuses %s', async (query, message) => {
    const { status, body } = await mesh.get(
      'reader',
      `${REVIEWS}/traces?${query}`,
    );
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringMatching(message),
    ]);
    expect(jaeger.requests).toEqual([]);
  });

  describe('one trace', () => {
    const one = (who: Who, id: string) =>
      mesh.get(who, `${REVIEWS}/traces/${id}`);

    it('shows what the caller may see of it', async () => {
      const { status, body, text } = await one('reader', SHARED.traceID);
      expect(status).toBe(200);
      expect(ROUTES.trace.response.parse(body)).toEqual(body);
      expect(body.trace).toMatchObject({
        traceId: SHARED.traceID,
        store: 'prod',
        link: `https://jaeger.example.com/trace/${SHARED.traceID}`,
        hiddenSpans: 1,
      });
      expect(
        body.trace.rows.map(
          ({ name, level }: { name?: string; level: number }) => [name, level],
        ),
      ).toEqual([
        ['call page.front', 0],
        ['call reviews.shop', 1],
        [undefined, 2],
      ]);
      expect(text).not.toContain('secret');
      expect((await one('admin', SHARED.traceID)).text).toContain('secret');
    });

    it.each([
      ['in which it has no span', OTHERS.traceID],
      ['of a namesake', NAMESAKE.traceID],
      ['that is not there', 'abc'],
    ])('does not say whether there is one %s', async (_, id) => {
      const { status, body } = await one('reader', id);
      expect([status, body.error.message]).toEqual([
        404,
        `There is no trace ${id.padStart(
          32,
          '0',
        )} with a span of component:default/reviews`,
      ]);
    });

    it.each(['..%2F..%2Fservices', 'zz', 'a'.repeat(33), '1%3Fa=b'])(
      'refuses the id %s',
      async id => {
        expect((await one('reader', id)).status).toBe(400);
        expect(jaeger.requests).toEqual([]);
      },
    );

    it('is for those who may read the entity', async () => {
      expect((await one('stranger', SHARED.traceID)).status).toBe(404);
      expect((await one('nobody', SHARED.traceID)).status).toBe(401);
      expect(jaeger.requests).toEqual([]);
    });
  });

  it.each([
    [
      '500',
      {
        status: 500,
        body: { data: null, errors: [{ code: 500, msg: 'disk full' }] },
      },
      'The trace store prod answered 500: disk full',
    ],
    [
      'HTML',
      { type: 'text/html', body: '<html>Sign in</html>' },
      'The trace store prod answered with text/html that is not JSON: is its URL that of a Jaeger query service?',
    ],
    [
      'another format',
      { body: { traces: [], metrics: {} } },
      "The trace store prod answered with JSON that is no answer of Jaeger's query API (data: expected array, received undefined): are its type and URL right?",
    ],
    [
      '401',
      { status: 401, body: 'who?' },
      'The trace store prod answered 401: it does not accept the headers that mesh.traces has for it',
    ],
  ])(
    'says that the store answers %s, and what it could not',
    async (_, instead, message) => {
      jaeger.instead = instead;
      // Each asks for an id that nobody has asked for.
      const id = message.length.toString(16);
      const { status, body } = await mesh.get(
        'reader',
        `${REVIEWS}/traces/${id}`,
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({
        stores: [
          { name: 'prod', clusters: ['east'], status: 'failed', message },
        ],
      });
      expect(body.trace).toBeUndefined();
      expect((await mesh.get('reader', `${REVIEWS}/mtls`)).status).toBe(200);
    },
  );
});

describe('a trace store that clusters share', () => {
  let clusters: Record<'east' | 'west', FakeApiServer>;
  let jaeger: FakeJaeger;
  let mesh: StartedMesh;

  const HERE = trace('1', 1, 'reviews.shop/shop');
  const THERE = trace('2', 2, 'reviews.shop/shop');
  const SOMEWHERE = trace('3', 3, 'reviews.shop/shop');

  beforeAll(async () => {
    clusters = { east: await startShop(), west: await startShop() };
    jaeger = await FakeJaeger.start();
    jaeger.services = ['reviews.shop'];
    jaeger.traces = [onCluster(HERE, 'east'), onCluster(THERE, 'west')];
    jaeger.traces.push(SOMEWHERE);
    mesh = await StartedMesh.start({
      entities: [
        component('reviews', {
          'backstage.io/kubernetes-id': 'reviews',
          'backstage.io/kubernetes-cluster': 'east',
        }),
      ],
      mayRead: SHOP_RIGHTS,
      clusters,
      mesh: {
        traces: [
          {
            name: 'all',
            type: 'jaeger',
            url: jaeger.url,
            clusterLabel: 'k8s.cluster.name',
          },
        ],
      },
    });
    await mesh.untilClusters({ east: 'synced', west: 'synced' });
  });

  afterAll(async () => {
    await mesh?.stop();
    await jaeger?.stop();
    await clusters?.east.stop();
    await clusters?.west.stop();
  });

  it('serves under an entity those of its own cluster', async () => {
    const { traces } = await mesh.body('reader', `${REVIEWS}/traces`);
    expect(traces.map((one: { traceId: string }) => one.traceId)).toEqual([
      HERE.traceID,
    ]);
    const statuses = [HERE, THERE, SOMEWHERE].map(async ({ traceID }) => {
      const { status } = await mesh.get(
        'reader',
        `${REVIEWS}/traces/${traceID}`,
      );
      return status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 404, 404]);
  });
});

/** The same reported from a cluster. */
function onCluster(
  { processes, ...rest }: ReturnType<typeof trace>,
  cluster: string,
) {
  return {
    ...rest,
    processes: Object.fromEntries(
      Object.entries(processes).map(([id, { serviceName, tags }]) => [
        id,
        {
          serviceName,
          tags: [...tags, { key: 'k8s.cluster.name', value: cluster }],
        },
      ]),
    ),
  };
}

describe('without a trace store', () => {
  it('says for which clusters one is missing', async () => {
    const east = await startShop();
    const mesh = await StartedMesh.start({
      entities: SHOP_ENTITIES,
      mayRead: SHOP_RIGHTS,
      clusters: { east },
      mesh: {
        traces: [
          {
            name: 'prod',
            type: 'jaeger',
            url: 'http://127.0.0.1:1',
            clusters: ['west'],
          },
        ],
      },
    });
    try {
      await mesh.untilClusters({ east: 'synced' });
      expect(await mesh.body('reader', `${REVIEWS}/traces`)).toMatchObject({
        stores: [],
        withoutStore: ['east'],
        services: [],
        expectedServices: expect.arrayContaining(['reviews.shop']),
        traces: [],
      });
    } finally {
      await mesh.stop();
      await east.stop();
    }
  });
});
