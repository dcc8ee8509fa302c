import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { fakeChecks } from '../__testUtils__/fakeChecks';
import { fakeMesh } from '../__testUtils__/fakeMesh';
import {
  peerAuthentication,
  service,
  workload,
} from '../__testUtils__/objects';
import { component } from '../__testUtils__/shop';
import { TestMirror } from '../__testUtils__/TestMirror';
import { EntityDirectory } from '../catalog/EntityDirectory';
import { AnswerStore } from './AnswerStore';

describe('AnswerStore', () => {
  const { signal } = new AbortController();
  let test: TestMirror;
  let directory: EntityDirectory;
  let store: AnswerStore;

  beforeEach(async () => {
    test = await TestMirror.create();
    const { east, mirror } = test;
    east.install('security.istio.io/PeerAuthentication');
    [
      ...workload('reviews'),
      service('reviews'),
      peerAuthentication('STRICT'),
    ].forEach(object => east.put(object));
    directory = EntityDirectory.create({
      catalog: catalogServiceMock({ entities: [component('reviews')] }),
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
      intervalMs: 60_000,
    });
    directory.start();
    mirror.start();
    await directory.ready;
    await test.until(() => test.status('east') === 'synced');
    await test.until(() => test.status('west') === 'synced');
    await test.until(() =>
      mirror.clusters.every(({ version }) => version !== undefined),
    );
    store = AnswerStore.create({
      mirror,
      directory,
      meshes: [fakeMesh],
      checks: fakeChecks,
    });
  });

  afterEach(async () => {
    await directory.stop();
    await test.stop();
  });

  /** Makes a change on the cluster, and waits until the mirror has it. */
  async function change(make: () => void) {
    const before = test.mirror.cluster('east')?.snapshot;
    make();
    await test.until(() => test.mirror.cluster('east')?.snapshot !== before);
  }

  it('says whether an answer has changed, not whether an object has', async () => {
    expect(await store.refresh(signal)).toBe(true);
    expect(await store.refresh(signal)).toBe(false);

    const [, pod] = workload('reviews');
    await change(() =>
      test.east.put({
        ...pod,
        metadata: { ...pod.metadata, annotations: { 'seen-by': 'nobody' } },
      }),
    );
    expect(await store.refresh(signal)).toBe(false);

    await change(() =>
      workload('reviews', { ready: false }).forEach(object =>
        test.east.put(object),
      ),
    );
    expect(await store.refresh(signal)).toBe(true);

    // What can be shown is an answer, too.
    await change(() => {
      const policy = peerAuthentication('STRICT');
      test.east.put({
        ...policy,
        metadata: { ...policy.metadata, annotations: { note: 'hello' } },
      });
    });
    expect(await store.refresh(signal)).toBe(true);
    expect(await store.refresh(signal)).toBe(false);
  });

  it('knows the owners of workloads', async () => {
    await store.refresh(signal);
    const ref = { cluster: 'east', namespace: 'shop', kind: 'Deployment' };
    expect(store.ownersOf({ ...ref, name: 'reviews' })).toEqual([
      'component:default/reviews',
    ]);
    expect(store.ownersOf({ ...ref, name: 'other' })).toEqual([]);
  });

  it('knows whom workloads belong to before the first refresh, and before the next one where it knew less', async () => {
    const { east, mirror } = test;
    const deployment = {
      cluster: 'east',
      namespace: 'shop',
      kind: 'Deployment',
    };
    const owner = 'component:default/reviews';
    store.clustersChanged();
    expect(store.ownersOf({ ...deployment, name: 'reviews' })).toEqual([owner]);
    expect(store.ownedWorkloads).toEqual([{ ...deployment, name: 'reviews' }]);
    const added = async (name: string) => {
      const labels = { 'backstage.io/kubernetes-id': 'reviews' };
      workload(name, { labels }).forEach(object => east.put(object));
      await test.until(() =>
        mirror.cluster('east')?.snapshot.get('apps/Deployment', 'shop', name),
      );
      return { ...deployment, name };
    };

    await store.refresh(signal);
    const second = await added('second');
    store.clustersChanged();
    expect(store.ownersOf(second)).toEqual([]);
    store.entitiesChanged();
    expect(store.ownersOf(second)).toEqual([owner]);

    await store.refresh(signal);
    const third = await added('third');
    east.forbidden.add('Pod');
    east.endWatches('Pod');
    await test.until(() => test.status('east') === 'partial');
    store.clustersChanged();
    expect(store.ownersOf(third)).toEqual([owner]);
  });

  it('answers without having been refreshed', () => {
    const entity = directory.get('component:default/reviews');
    const [part] = entity ? store.partsOf(entity) : [];
    const { cluster, workloads, declared } = part;
    expect(
      cluster.answers.mtls(cluster.snapshot, workloads[0], declared).verdict
        .value,
    ).toBe('protected');
  });
});
