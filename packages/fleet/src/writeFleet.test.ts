import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fleetObjects } from './fleet';
import { LIST_SIZE, writeFleet } from './writeFleet';

describe('writeFleet', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fleet-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function lists(): Promise<{ kind: string; items: unknown[] }[]> {
    const names = await readdir(folder);
    return Promise.all(
      names.map(async name =>
        JSON.parse(await readFile(path.join(folder, name), 'utf8')),
      ),
    );
  }

  it('writes all objects, as Lists of a few hundred', async () => {
    const written = await writeFleet(folder, {
      mesh: 'istio',
      size: 'S',
      seed: 3,
    });
    const read = await lists();
    expect(read.map(({ kind }) => kind)).toEqual(read.map(() => 'List'));
    expect(read.filter(({ items }) => items.length > LIST_SIZE)).toEqual([]);
    const fleet = [...fleetObjects({ mesh: 'istio', size: 'S', seed: 3 })];
    expect(written.objects).toBe(fleet.length);
    expect(read.flatMap(({ items }) => items)).toHaveLength(fleet.length);
    expect(read.flatMap(({ items }) => items)).toEqual(
      expect.arrayContaining([fleet[0].object, fleet[fleet.length - 1].object]),
    );
  });

  it('writes into no folder that has something', async () => {
    await writeFile(path.join(folder, 'mine.yaml'), '');
    await expect(
      writeFleet(folder, { mesh: 'istio', size: 'S', seed: 1 }),
    ).rejects.toThrow('is not empty');
  });
});
