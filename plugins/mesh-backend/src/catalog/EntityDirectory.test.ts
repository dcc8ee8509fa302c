import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Pause } from '../clusters/waiting';
import { EntityDirectory, EntityDirectoryOptions } from './EntityDirectory';

function entity(
  ref: string,
  annotations: Record<string, string>,
  relations: [string, string][] = [],
): Entity {
  const [kind, name] = ref.split(':');
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations },
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}

const ENTITIES = [
  entity('Component:reviews', { 'backstage.io/kubernetes-id': 'reviews' }, [
    ['dependencyOf', 'component:default/page'],
    ['providesApi', 'api:default/reviews'],
    ['ownedBy', 'group:default/team'],
    ['partOf', 'domain:default/books'],
    ['partOf', 'system:default/shop'],
  ]),
  entity('API:reviews', {}, [
    ['apiConsumedBy', 'component:default/mobile'],
    ['apiConsumedBy', 'component:default/reviews'],
  ]),
  entity('Component:labels', {
    'backstage.io/kubernetes-label-selector': 'app=labels',
  }),
  entity('Component:wrong', {
    'backstage.io/kubernetes-label-selector': 'app=(',
  }),
  entity('Component:library', {}),
];

describe('EntityDirectory', () => {
  let directory: EntityDirectory | undefined;

  afterEach(async () => {
    await directory?.stop();
  });

  function make(
    catalog = catalogServiceMock({ entities: ENTITIES }),
    options: Partial<EntityDirectoryOptions> = {},
  ) {
    directory = EntityDirectory.create({
      catalog,
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
      intervalMs: 5,
      ...options,
    });
    return directory;
  }

  it('knows the entities that run on Kubernetes, and who calls them', async () => {
    const made = make();
    made.start();
    await made.ready;
    expect([...made.all].map(({ ref }) => ref)).toEqual([
      'component:default/labels',
      'component:default/reviews',
    ]);
    expect(made.get('component:default/reviews')).toEqual({
      ref: 'component:default/reviews',
      owner: 'group:default/team',
      system: 'system:default/shop',
      selection: expect.objectContaining({
        selectorText: 'backstage.io/kubernetes-id=reviews',
      }),
      clientRefs: ['component:default/mobile', 'component:default/page'],
    });
  });

  it('says what is wrong with an annotation', async () => {
    expect(make().describe(ENTITIES[3])).toMatchObject({
      selectionError: expect.stringMatching(
        /^The annotation backstage\.io\/kubernetes-label-selector of component:default\/wrong cannot be read: .*"app=\("/,
      ),
    });
  });

  it('tells of changes, and of nothing else', async () => {
    const entities = [...ENTITIES];
    let reads = 0;
    const catalog = catalogServiceMock.mock({
      async *streamEntities() {
        reads += 1;
        yield [...entities];
      },
    });
    const made = make(catalog);
    let changes = 0;
    const told = () =>
      new Promise<void>(resolve => {
        const end = made.onChange(() => {
          changes += 1;
          end();
          resolve();
        });
      });
    const first = told();
    made.start();
    await first;
    const second = told();
    const before = reads;
    entities.push(
      entity('Component:new', { 'backstage.io/kubernetes-id': 'new' }),
    );
    await second;
    expect(reads).toBeGreaterThan(before);
    expect(made.get('component:default/new')).toBeDefined();
    expect(changes).toBe(2);
  });

  it('asks soon after a change, and then ever less often', async () => {
    const waits = jest
      .spyOn(Pause.prototype, 'for')
      .mockImplementation(
        () => new Promise(resolve => setImmediate(() => resolve())),
      );
    const versions = [1, 2, 2, 2, 2, 2, 2, 3, 3];
    let reads = 0;
    let all: () => void = () => {};
    const done = new Promise<void>(resolve => {
      all = resolve;
    });
    const made = make(
      catalogServiceMock.mock({
        async *streamEntities() {
          const version = versions[reads];
          reads += 1;
          if (reads > versions.length) {
            all();
          }
          yield [
            entity(`Component:v${version}`, {
              'backstage.io/kubernetes-id': 'v',
            }),
          ];
        },
      }),
      { intervalMs: 60_000, random: () => 1 },
    );
    made.start();
    await done;
    const seconds = waits.mock.calls.map(([ms]) => ms / 1000);
    waits.mockRestore();
    await made.stop();
    expect(seconds.slice(0, versions.length)).toEqual([
      5, 5, 10, 20, 40, 60, 60, 5, 10,
    ]);
  });

  it('keeps what it has while the catalog does not answer', async () => {
    let fail = false;
    let failed: () => void = () => {};
    const seen = new Promise<void>(resolve => {
      failed = resolve;
    });
    const made = make(
      catalogServiceMock.mock({
        async *streamEntities() {
          if (fail) {
            failed();
            throw new Error('no answer');
          }
          yield ENTITIES;
        },
      }),
    );
    made.start();
    await made.ready;
    fail = true;
    await seen;
    expect(made.get('component:default/reviews')).toBeDefined();
  });
});
