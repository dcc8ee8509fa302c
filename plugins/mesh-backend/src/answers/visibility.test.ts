import { REVIEWS, startShopMesh } from '../__testUtils__/shopMesh';
import { StartedMesh, Who } from '../__testUtils__/startMesh';

/** What must never reach somebody who may not read it. */
const SECRETS = /secret|vault|ghost|crypt|nobody|bystander/;

describe('what callers see of neighbours', () => {
  let shop: Awaited<ReturnType<typeof startShopMesh>>;
  let mesh: StartedMesh;

  beforeAll(async () => {
    shop = await startShopMesh();
    ({ mesh } = shop);
  });

  afterAll(async () => {
    await shop?.stop();
  });

  function names(clients: { workload?: { name: string } }[]): string[] {
    return clients.flatMap(({ workload }) => workload?.name ?? []).sort();
  }

  it('counts clients that the reader may not see, and names them to who reads the fleet', async () => {
    const [reader, admin] = [
      await shop.mtls('reader'),
      await shop.mtls('admin'),
    ];
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
      await mesh.body('reader', `${REVIEWS}/mtls`),
      await mesh.body('admin', `${REVIEWS}/mtls`),
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
    `${REVIEWS}/mtls`,
    `${REVIEWS}/mtls/observed`,
    `${REVIEWS}/routing`,
    `${REVIEWS}/routing?from=front/Deployment/page`,
    `${REVIEWS}/routing/observed`,
    `${REVIEWS}/findings`,
    '/fleet/services',
  ])('leaks nothing in %s', async path => {
    const { text, status } = await mesh.get('reader', path);
    expect(status).toBe(200);
    expect(text).not.toMatch(SECRETS);
  });

  it('counts callers that were seen and may not be named; the sum stays', async () => {
    const observed = async (who: Who) =>
      (await mesh.body(who, `${REVIEWS}/mtls/observed`)).workloads[0];
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
    const { callers } = (await mesh.body('admin', `${REVIEWS}/mtls/observed`))
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
    const [reader] = (await mesh.body('reader', `${REVIEWS}/routing/observed`))
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
      mesh.get(who, `${REVIEWS}/routing?from=${place}`);
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

  it('finds what is wrong with the entity, and not with its neighbours', async () => {
    const { findings } = await mesh.body('reader', `${REVIEWS}/findings`);
    expect(
      findings.map(
        ({ code, object }: { code: string; object: { name: string } }) =>
          `${code} ${object.name}`,
      ),
    ).toEqual(['FAKE2 default', 'FAKE1 reviews-abc-1']);
  });
});
