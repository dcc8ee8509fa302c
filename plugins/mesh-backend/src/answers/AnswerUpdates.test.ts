import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { DirectTransport } from '../__testUtils__/DirectTransport';
import { component } from '../__testUtils__/shop';
import { EntityDirectory } from '../catalog/EntityDirectory';
import { Mirror } from '../clusters/Mirror';
import { AnswerStore } from './AnswerStore';
import { AnswerUpdates } from './AnswerUpdates';

describe('AnswerUpdates', () => {
  const stops: (() => Promise<void>)[] = [];

  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
  });

  function start(publish: (payload: unknown) => Promise<void>) {
    const logger = mockServices.logger.mock();
    const entities: Entity[] = [];
    const directory = EntityDirectory.create({
      catalog: catalogServiceMock.mock({
        async *streamEntities() {
          yield [...entities];
        },
      }),
      auth: mockServices.auth(),
      logger,
      intervalMs: 2,
    });
    const mirror = Mirror.create({
      transport: new DirectTransport({}),
      logger,
      timing: {
        watchTimeoutMs: 1_000,
        recheckIntervalMs: 10,
        backoffInitialMs: 1,
        backoffMaxMs: 10,
        probeIntervalMs: 10,
        batchMs: 1,
        clusterListIntervalMs: 2,
        startJitterMs: 1,
      },
    });
    const updates = AnswerUpdates.create({
      mirror,
      directory,
      store: AnswerStore.create({ mirror, directory, meshes: [], checks: [] }),
      signals: { publish },
      logger,
      intervalMs: 5,
    });
    updates.start();
    directory.start();
    mirror.start();
    stops.push(
      () => updates.stop(),
      () => directory.stop(),
      () => mirror.stop(),
    );
    return { entities, directory, logger };
  }

  it('tells everybody that something changed, and not what', async () => {
    let tell: (payload: unknown) => void = () => {};
    const told = new Promise(resolve => {
      tell = resolve;
    });
    const { entities } = start(async payload => tell(payload));
    entities.push(component('secret'));
    expect(await told).toEqual({
      recipients: { type: 'broadcast' },
      channel: 'mesh',
      message: { changed: true },
    });
  });

  it('says nothing while nothing changes, and goes on where telling fails', async () => {
    let published = 0;
    let tell: () => void = () => {};
    const { entities, directory, logger } = start(async () => {
      published += 1;
      tell();
      throw new Error('no bus');
    });
    const nextSignal = () =>
      new Promise<void>(resolve => {
        tell = resolve;
      });
    const first = nextSignal();
    entities.push(component('one'));
    await first;
    // Many reads of the catalog without a change, then one.
    await directory.ready;
    const before = published;
    const second = nextSignal();
    entities.push(component('two'));
    await second;
    expect(published).toBe(before + 1);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('cannot be told'),
      expect.any(Error),
    );
  });
});
