import { WRITE_ROUTES, WriteRouteName } from 'backstage-plugin-mesh-common';
import { FakeApiServer } from '../__testUtils__/FakeApiServer';
import { SHOP_ENTITIES, SHOP_RIGHTS, startShop } from '../__testUtils__/shop';
import { StartedMesh, Who } from '../__testUtils__/startMesh';

const REVIEWS = '/entities/component/default/reviews/readiness';
const PAGE = '/entities/component/default/page/readiness';
const TESTED = 'testing.performance-test';
const MEASURED = 'security-setup.configure-network-policies';
const NO_RECORD = '00000000-0000-4000-8000-000000000000';

const BODY = { reason: 'As agreed', expires: '2027-06-01' };

/** A request for each route by which something is written. */
const WRITES: Record<WriteRouteName, { path: string; body: object }> = {
  attest: { path: `${REVIEWS}/items/${TESTED}/attestations`, body: BODY },
  waive: { path: `${REVIEWS}/items/${MEASURED}/waivers`, body: BODY },
  revoke: {
    path: `${REVIEWS}/records/${NO_RECORD}/revocation`,
    body: { reason: 'Wrong' },
  },
};

const NAMES = Object.keys(WRITE_ROUTES) as WriteRouteName[];

interface Item {
  id: string;
  state: string;
}

describe('what people say about the checklist', () => {
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

  const write = (who: Who, path: string, body: object) =>
    mesh.post(who, path).send(body);

  async function item(id: string) {
    const { sections } = await mesh.body('admin', REVIEWS);
    const items: Item[] = sections.flatMap(
      (section: { items: Item[] }) => section.items,
    );
    const found = items.find(candidate => candidate.id === id);
    if (!found) {
      throw new TypeError(id);
    }
    return found;
  }

  describe.each(NAMES)('%s', name => {
    const { path, body } = WRITES[name];

    it('refuses nobody and services, before all else', async () => {
      expect((await write('nobody', path, { nonsense: 1 })).status).toBe(401);
      expect((await write('service', path, { nonsense: 1 })).status).toBe(403);
    });

    it('does not tell a stranger what is there', async () => {
      const refused = await write('stranger', path, body);
      expect(refused.status).toBe(404);
      const missing = await write(
        'stranger',
        path.replace('reviews', 'not-there'),
        body,
      );
      expect(missing.body.error.message.replace('not-there', 'reviews')).toBe(
        refused.body.error.message,
      );
    });

    it('takes nothing but JSON', async () => {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]) {
        const { status, body: answer } = await mesh
          .post('admin', path)
          .set('content-type', type)
          .send('reason=x&expires=2027-06-01');
        expect([status, answer.error.name]).toEqual([
          415,
          'UnsupportedMediaTypeError',
        ]);
      }
      const broken = await mesh
        .post('admin', path)
        .set('content-type', 'application/json')
        .send('{"reason": ');
      expect(broken.status).toBe(400);
    });

    it.each([
      ['reason', { reason: '' }],
      ['reason', { reason: 'x'.repeat(10_000) }],
      ['nonsense', { nonsense: 1 }],
    ])('names %s', async (field, change) => {
      const { status, body: answer } = await write('admin', path, {
        ...body,
        ...change,
      });
      expect([status, answer.error.name]).toEqual([400, 'InputError']);
      expect(answer.error.message).toContain(`"${field}"`);
    });

    it('takes no body beyond measure', async () => {
      const { status } = await write('admin', path, {
        reason: 'x'.repeat(100_000),
      });
      expect(status).toBe(413);
    });

    it('is not read', async () => {
      expect((await mesh.get('admin', path)).status).toBe(404);
    });
  });

  it.each([
    ['expires', { expires: '2026-01-01' }, 'is in the past'],
    ['expires', { expires: '9999-12-31' }, 'more than two years away'],
    ['expires', { expires: 'tomorrow' }, 'YYYY-MM-DD'],
    ['link', { link: 'file:///etc/passwd' }, 'http or https'],
  ])('names %s in %j', async (field, change, message) => {
    for (const { path } of [WRITES.attest, WRITES.waive]) {
      const { status, body } = await write('admin', path, {
        ...BODY,
        ...change,
      });
      expect(status).toBe(400);
      expect(body.error.message).toContain(`"${field}"`);
      expect(body.error.message).toContain(message);
    }
  });

  it('names an item that is not there, and one that no person decides', async () => {
    const unknown = await write(
      'admin',
      `${REVIEWS}/items/nonsense/waivers`,
      BODY,
    );
    expect([unknown.status, unknown.body.error.message]).toEqual([
      400,
      'Invalid path parameter "item": there is no checklist item "nonsense"',
    ]);
    const measured = await write(
      'admin',
      `${REVIEWS}/items/${MEASURED}/attestations`,
      BODY,
    );
    expect(measured.status).toBe(400);
    expect(measured.body.error.message).toContain('cannot be attested');
  });

  it('asks for the permission of each kind, for the entity', async () => {
    const { may } = await mesh.body('reader', REVIEWS);
    expect(may).toEqual({ attest: true, waive: false });
    const waived = await write('reader', WRITES.waive.path, BODY);
    expect([waived.status, waived.body.error.message]).toEqual([
      403,
      'This needs the permission mesh.checklist.waive for component:default/reviews',
    ]);
    const elsewhere = await write(
      'reader',
      `${PAGE}/items/${TESTED}/attestations`,
      BODY,
    );
    expect(elsewhere.status).toBe(403);
    expect((await mesh.body('reader', PAGE)).may.attest).toBe(false);
  });

  it('attests, shows it as text, tells pages, and takes it back; all of it is kept', async () => {
    expect(await item(TESTED)).toMatchObject({
      state: 'unknown',
      cause: 'not-assessed',
    });
    const reason = '<b>Load test</b> of May';
    const link = 'https://wiki.example.com/load-test';
    const { status, body: record } = await write('reader', WRITES.attest.path, {
      ...BODY,
      reason,
      link,
    });
    expect(status).toBe(201);
    expect(WRITE_ROUTES.attest.response.parse(record)).toEqual(record);
    expect(record).toMatchObject({
      item: TESTED,
      kind: 'attestation',
      reason,
      link,
      createdBy: 'user:default/reader',
    });
    expect(await item(TESTED)).toMatchObject({
      state: 'attested',
      evidence: reason,
    });

    const revocation = `${REVIEWS}/records/${record.id}/revocation`;
    const elsewhere = await write(
      'admin',
      revocation.replace('reviews', 'page'),
      { reason: 'Wrong' },
    );
    expect(elsewhere.status).toBe(404);
    const both = await Promise.all(
      ['Wrong', 'Also wrong'].map(why =>
        write('reader', revocation, { reason: why }),
      ),
    );
    expect(both.map(answer => answer.status).sort()).toEqual([201, 409]);
    expect(await item(TESTED)).toMatchObject({ state: 'unknown' });
    const { history } = await mesh.body('admin', REVIEWS);
    expect(history).toEqual([
      expect.objectContaining({
        id: record.id,
        revoked: expect.objectContaining({ by: 'user:default/reader' }),
      }),
    ]);
  });

  it('waives what was measured, and only who may waive takes it back', async () => {
    expect(await item(MEASURED)).toMatchObject({ state: 'fail' });
    const told = mesh.signalled();
    const { body: record } = await write('admin', WRITES.waive.path, BODY);
    await told;
    expect(await item(MEASURED)).toMatchObject({
      state: 'waived',
      measured: 'fail',
    });
    const revocation = `${REVIEWS}/records/${record.id}/revocation`;
    const refused = await write('reader', revocation, { reason: 'Wrong' });
    expect(refused.status).toBe(403);
    await write('admin', revocation, { reason: 'Wrong' });
    expect(await item(MEASURED)).toMatchObject({ state: 'fail' });
  });
});
