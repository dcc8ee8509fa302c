import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { readFiles } from './readFiles';

describe('readFiles', () => {
  it('takes a file with more objects than a call has room for arguments', async () => {
    const items = Array.from({ length: 200_000 }, (_, index) => ({
      apiVersion: 'example.com/v1',
      kind: 'Thing',
      metadata: { name: `thing-${index}` },
    }));
    const { written, problems } = await readFiles(
      ['-'],
      {},
      {
        cwd: '/',
        columns: 80,
        colour: false,
        readStdin: async () =>
          JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
        out: () => {},
        err: () => {},
      },
    );
    expect(written).toHaveLength(200_000);
    expect(problems).toEqual([]);
  });

  it('says how far it is, document by document, and clears the line at the end', async () => {
    const shown: string[] = [];
    const thing = 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {}\n';
    await readFiles(
      ['-'],
      {},
      {
        cwd: '/',
        columns: 80,
        colour: false,
        readStdin: async () => Array(4).fill(thing).join('---\n'),
        out: () => {},
        err: () => {},
        progress: line => shown.push(line),
      },
    );
    const shares = shown.map(line => /: (\d+) % read$/.exec(line)?.[1]);
    expect(shares).toEqual(['23', '49', '74', '100', undefined]);
    expect(shown.at(-1)).toBe('');
  });

  it('says of a file for which the memory does not suffice what to do', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'mesh-large-'));
    try {
      const file = path.join(folder, 'large.yaml');
      await writeFile(file, '');
      // Without a byte of it on the disk.
      await truncate(file, getHeapStatistics().heap_size_limit);
      const { problems } = await readFiles(
        [file],
        {},
        {
          cwd: '/',
          columns: 80,
          colour: false,
          readStdin: async () => '',
          out: () => {},
          err: () => {},
        },
      );
      expect(problems).toEqual([
        {
          file,
          message: expect.stringMatching(/^it has \d+ MB, .*: split it/),
        },
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
