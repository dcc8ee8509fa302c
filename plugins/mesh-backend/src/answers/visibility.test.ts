import { FakeApiServer } from '../__testUtils__/FakeApiServer';
import { FakePrometheus } from '../__testUtils__/FakePrometheus';
import { SHOP_ENTITIES, SHOP_RIGHTS, startShop } from '../__testUtils__/shop';
import { StartedMesh, Who } from '../__testUtils__/startMesh';

jest.setTimeout(30_000);

const ENTITY = '/entities/component/default/reviews';
/** What must never reach somebody who may not read it. */
const SECRETS = /secret|vault|ghost|crypt|nobody|bystander/;

describe('what callers see of neighbours', () => {
  let east: FakeApiServer;
  let prometheus: FakePrometheus;
  let mesh: StartedMesh;

  beforeAll(async () => {
    east = await startShop();
    prometheus = await FakePrometheus.start();
    prometheus.answer = query =>
      [
        { namespace: 'front', source: 'page', value: 60 },
        { namespace: 'vault', source: 'secret', value: 30 },
        { namespace: 'crypt', source: 'ghost', value: 10 },
      ]
        .map(({ value, ...labels }) => ({
          labels: {
            ...labels,
            destination: 'reviews',
            ...(labels.source !== 'secret' &&
              query.startsWith('inbound') && {
                identity: `${labels.namespace}/${labels.source}`,
              }),
          },
          value,
        }))
        .concat(
          query.startsWith('inbound')
            ? [
                // One that is known by its identity alone, and one that is not known at all.
                {
                  labels: {
                    namespace: '',
                    source: '',
                    destination: 'reviews',
                    identity: 'vault/secret',
                  },
                  value: 4,
                },
                {
                  labels: { namespace: '', source: '', destination: 'reviews' },
                  value: 2,
                },
                // One that neither the catalog nor a policy knows.
                {
                  labels: {
                    namespace: 'shop',
                    source: 'bystander',
                    destination: 'reviews',
                    identity: 'shop/bystander',
                  },
                  value: 5,
                },
              ]
            : [],
        );
    mesh = await StartedMesh.start({
      entities: SHOP_ENTITIES,
      mayRead: SHOP_RIGHTS,
      clusters: { east },
      mesh: { prometheus: [{ name: 'prod', url: prometheus.url }] },
    });
    await mesh.untilClusters({ east: 'synced' });
    // The owners of workloads are known once the answers have been computed.
    await mesh.until(
      () => mtls('reader'),
      ({ clients }) =>
        clients.some(
          (client: { entityRef?: string; workload?: object }) =>
            client.entityRef === 'component:default/page' && client.workload,
        ),
    );
  });

  afterAll(async () => {
    await mesh?.stop();
    await prometheus?.stop();
    await east?.stop();
  });

  async function mtls(who: Who) {
    return (await mesh.body(who, `${ENTITY}/mtls`)).workloads[0];
  }

  function names(clients: { workload?: { name: string } }[]): string[] {
    return clients.flatMap(({ workload }) => workload?.name ?? []).sort();
  }

  it('counts clients that the reader may not see, and names them to who reads the fleet', async () => {
    const [reader, admin] = [await mtls('reader'), await mtls('admin')];
    expect(names(reader.clients)).toEqual(['page']);
    // secret, ghost, and an identity without a workload
    expect(reader.hiddenClients).toBe(3);
    expect(names(admin.clients)).toEqual(['ghost', 'page', 'secret']);
    expect(admin.hiddenClients).toBe(0);
    expect(
      admin.clients.map(({ identity }: { identity?: string }) => identity),
    ).toContain('nowhere/nobody');
    const classes = (clients: { class?: string }[]) =>
      clients.flatMap(client => client.class ?? []);
    expect(classes(reader.clients)).toEqual(classes(admin.clients));
  });

  it('keeps the verdict, without the reasons that only hidden clients give', async () => {
    const [reader, admin] = [
      await mesh.body('reader', `${ENTITY}/mtls`),
      await mesh.body('admin', `${ENTITY}/mtls`),
    ];
    expect(admin.verdict.value).toBe('in-part');
    expect(reader.verdict.value).toBe('in-part');
    expect(admin.verdict.reasons).toContainEqual(
      expect.objectContaining({
        text: 'The rule of vault switches mutual TLS off',
      }),
    );
    expect(reader.verdict.reasons[0]).toEqual({
      rule: 'mesh/hidden-client',
      text: expect.stringContaining('may not see'),
    });
  });

  it.each([
    `${ENTITY}/mtls`,
    `${ENTITY}/mtls/observed`,
    `${ENTITY}/routing`,
    `${ENTITY}/routing?from=front/Deployment/page`,
    `${ENTITY}/routing/observed`,
    `${ENTITY}/findings`,
    '/fleet/services',
  ])('leaks nothing in %s', async path => {
    const { text, status } = await mesh.get('reader', path);
    expect(status).toBe(200);
    expect(text).not.toMatch(SECRETS);
  });

  it('counts callers that were seen and may not be named; the sum stays', async () => {
    const observed = async (who: Who) =>
      (await mesh.body(who, `${ENTITY}/mtls/observed`)).workloads[0];
    const [reader, admin] = [await observed('reader'), await observed('admin')];
    expect(admin.hiddenCallers).toBe(0);
    expect(admin.callers).toHaveLength(6);
    expect(names(reader.callers)).toEqual(['page']);
    // page, and the one that nothing is known of
    expect(reader.callers).toHaveLength(2);
    expect(reader.callers[0].entityRef).toBe('component:default/page');
    expect(reader.hiddenCallers).toBe(4);
    expect(reader.total).toEqual(admin.total);
    expect(reader.total.traffic).toMatchObject({ mtls: 79, plaintext: 32 });
    expect(reader.verdict.value).toBe(admin.verdict.value);
  });

  it('says what configuration has a caller send that it did not know', async () => {
    const { callers } = (await mesh.body('admin', `${ENTITY}/mtls/observed`))
      .workloads[0];
    const sends = Object.fromEntries(
      callers.map(
        (caller: {
          workload?: { name: string };
          sends?: { value: string };
        }) => [caller.workload?.name, caller.sends?.value],
      ),
    );
    // The others are in the configured answer.
    expect(sends).toEqual({
      page: undefined,
      ghost: undefined,
      secret: undefined,
      undefined: undefined,
      bystander: 'mtls',
    });
  });

  it('leaves out the splits of callers that may not be named', async () => {
    const [reader] = (await mesh.body('reader', `${ENTITY}/routing/observed`))
      .services;
    expect(reader.state).toBe('measured');
    expect(reader.splits).toEqual([
      expect.objectContaining({ requests: 100 }),
      expect.objectContaining({
        requests: 60,
        caller: expect.objectContaining({ name: 'page' }),
      }),
    ]);
    expect(reader.hiddenCallers).toBe(2);
  });

  it('looks from the place of a client that may be named, and of no other', async () => {
    const from = (who: Who, place: string) =>
      mesh.get(who, `${ENTITY}/routing?from=${place}`);
    const page = await from('reader', 'front/Deployment/page');
    expect(page.body.services[0].seenFrom).toEqual({
      namespace: 'front',
      workload: expect.objectContaining({ name: 'page' }),
    });
    const own = await from('reader', 'shop/Deployment/reviews');
    expect(own.status).toBe(200);
    const secret = await from('reader', 'vault/Deployment/secret');
    const missing = await from('reader', 'vault/Deployment/missing');
    expect(secret.status).toBe(400);
    expect(secret.body.error.message.replace('secret', 'missing')).toBe(
      missing.body.error.message,
    );
    expect((await from('admin', 'vault/Deployment/secret')).status).toBe(200);
  });

  describe('objects', () => {
    function object(
      who: Who,
      kind: string,
      namespace: string | undefined,
      name: string,
      more = '',
    ) {
      const query = new URLSearchParams({
        cluster: 'east',
        kind,
        ...(namespace && { objectNamespace: namespace }),
        objectName: name,
      });
      return mesh.get(who, `${ENTITY}/object?${query}${more}`);
    }

    it.each([
      [
        'of a reason',
        'security.istio.io/PeerAuthentication',
        'shop',
        'default',
        true,
      ],
      [
        'that routes',
        'networking.istio.io/VirtualService',
        'shop',
        'reviews',
        true,
      ],
      ['that is its workload', 'apps/Deployment', 'shop', 'reviews', false],
      ['that is its Service', 'Service', 'shop', 'reviews', false],
      ['of a finding', 'Pod', 'shop', 'reviews-abc-1', false],
    ])('shows one %s', async (_, kind, namespace, name, complete) => {
      const { status, body } = await object('reader', kind, namespace, name);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        object: { cluster: 'east', kind, namespace, name },
        content: { metadata: { namespace, name } },
        complete,
      });
    });

    it.each([
      ['of a neighbour', 'apps/Deployment', 'front', 'page'],
      [
        'that only a hidden client is decided by',
        'networking.istio.io/DestinationRule',
        'vault',
        'plain',
      ],
      [
        'of another workload in the namespace',
        'apps/Deployment',
        'shop',
        'bystander',
      ],
      ['that is no kind of ours', 'Secret', 'shop', 'default'],
      ['that is not there', 'Service', 'shop', 'missing'],
    ])(
      'shows none %s, and does not tell whether it is there',
      async (_, kind, namespace, name) => {
        const { status, body } = await object('reader', kind, namespace, name);
        expect(status).toBe(404);
        expect(body.error.message).toBe(
          `No answer about component:default/reviews names ${kind} ${namespace}/${name} of the cluster east, or it is no longer there`,
        );
      },
    );

    it('shows what decides for a client to who may see that', async () => {
      const rule = [
        'networking.istio.io/DestinationRule',
        'vault',
        'plain',
      ] as const;
      expect((await object('admin', ...rule)).status).toBe(200);
    });

    it('shows what a routing answer names from the place that it was asked for', async () => {
      const rule = [
        'networking.istio.io/VirtualService',
        'front',
        'from-here',
      ] as const;
      expect((await object('reader', ...rule)).status).toBe(404);
      expect((await object('reader', ...rule, '&from=front')).status).toBe(200);
    });
  });

  it('finds what is wrong with the entity, and not with its neighbours', async () => {
    const { findings } = await mesh.body('reader', `${ENTITY}/findings`);
    expect(
      findings.map(
        ({ code, object }: { code: string; object: { name: string } }) =>
          `${code} ${object.name}`,
      ),
    ).toEqual(['FAKE2 default', 'FAKE1 reviews-abc-1']);
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
