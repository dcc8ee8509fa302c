import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express from 'express';
import request from 'supertest';
import { EntityDirectory } from '../catalog/EntityDirectory';
import { Authorizer } from '../router/Authorizer';
import { ChecklistStore } from './ChecklistStore';
import { createChecklistRouter } from './createChecklistRouter';

const ENTITY = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'reviews' },
};
const REF = 'component:default/reviews';
const ATTEST =
  '/entities/component/default/reviews/readiness/items/testing.performance-test/attestations';

describe('createChecklistRouter', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  async function start(onWrite: () => void) {
    const client = await databases.init('SQLITE_3');
    const records = await ChecklistStore.create({
      database: { getClient: async () => client },
    });
    const event = { success: jest.fn(), fail: jest.fn() };
    const logger = mockServices.logger.mock();
    const auth = mockServices.auth();
    const catalog = catalogServiceMock({ entities: [ENTITY] });
    const app = express();
    app.use(
      createChecklistRouter({
        context: { records },
        authorizer: Authorizer.create({
          auth,
          catalog,
          httpAuth: mockServices.httpAuth(),
          permissions: mockServices.permissions({
            result: AuthorizeResult.ALLOW,
          }),
          directory: EntityDirectory.create({
            auth,
            catalog,
            logger,
            intervalMs: 1_000,
          }),
        }),
        auditor: mockServices.auditor.mock({
          createEvent: async () => event,
        }),
        logger,
        onWrite,
      }),
    );
    return { app, records, event, logger };
  }

  it('says that a record was written, though pages could not be told', async () => {
    const { app, records, event, logger } = await start(() => {
      throw new Error('nobody listens');
    });
    const { status, body } = await request(app)
      .post(ATTEST)
      .send({
        reason: 'As agreed',
        expires: new Date().toISOString().slice(0, 10),
      });
    expect(status).toBe(201);
    expect(await records.recordsOf(REF)).toEqual([body]);
    expect(event.success).toHaveBeenCalledWith({ meta: { record: body.id } });
    expect(event.fail).not.toHaveBeenCalled();
    expect(logger.error).toHaveBeenCalledWith(
      'Pages could not be told that a checklist was written to',
      expect.objectContaining({ message: 'nobody listens' }),
    );
  });

  it('says that nothing was written, and tells nobody', async () => {
    const onWrite = jest.fn();
    const { app, records, event } = await start(onWrite);
    const { status } = await request(app)
      .post(ATTEST)
      .send({ reason: 'As agreed', expires: '2020-01-01' });
    expect(status).not.toBe(201);
    expect(await records.recordsOf(REF)).toEqual([]);
    expect(event.fail).toHaveBeenCalledTimes(1);
    expect(event.success).not.toHaveBeenCalled();
    expect(onWrite).not.toHaveBeenCalled();
  });
});
