import { TestDatabases } from '@backstage/backend-test-utils';
import { ChecklistStore } from './ChecklistStore';

// PostgreSQL where BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING leads to one: not every machine has containers.
const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_17'],
  disableDocker: true,
});

const RECORD = {
  item: 'testing.performance-test',
  kind: 'attestation' as const,
  reason: "It's <b>done</b>; DROP TABLE checklist_records;--",
  expires: '2027-06-01',
  createdBy: 'user:default/jo',
};

describe.each(databases.eachSupportedId())('ChecklistStore on %s', id => {
  async function open() {
    const client = await databases.init(id);
    const database = { getClient: async () => client };
    let time = Date.parse('2026-03-01T00:00:00Z');
    const now = () => {
      time += 1000;
      return new Date(time);
    };
    // Two replicas of the backend on one database.
    return {
      one: await ChecklistStore.create({ database, now }),
      other: await ChecklistStore.create({ database, now }),
    };
  }

  it('gives back what was written, the newest first, to every replica', async () => {
    const { one, other } = await open();
    const first = await one.add('component:default/a', RECORD);
    const second = await other.add('component:default/a', {
      ...RECORD,
      kind: 'waiver',
      link: 'https://wiki.example.com',
    });
    const elsewhere = await one.add('component:default/b', RECORD);
    expect(await one.recordsOf('component:default/a')).toEqual([second, first]);
    expect(await other.allRecords()).toEqual(
      new Map([
        ['component:default/a', expect.arrayContaining([first, second])],
        ['component:default/b', [elsewhere]],
      ]),
    );
    expect(first).toEqual({
      ...RECORD,
      id: expect.any(String),
      createdAt: '2026-03-01T00:00:01.000Z',
    });
  });

  it('revokes once, whoever tries', async () => {
    const { one, other } = await open();
    const { id: record } = await one.add('component:default/a', RECORD);
    const why = { by: 'user:default/jo', reason: 'Wrong' };
    await expect(
      one.revoke('component:default/b', record, why),
    ).rejects.toThrow('There is no record');
    const revoked = await one.revoke('component:default/a', record, why);
    expect(revoked.revoked).toEqual({
      ...why,
      at: expect.stringMatching(/^2026-03-01T/),
    });
    await expect(
      other.revoke('component:default/a', record, why),
    ).rejects.toThrow('was revoked by user:default/jo already');
    expect(await other.record('component:default/a', record)).toEqual(revoked);
  });
});
