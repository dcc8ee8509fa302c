import { readFiles } from './readFiles';

describe('readFiles', () => {
  it('takes a file with more objects than a call has room for arguments', async () => {
    const items = Array.from({ length: 200_000 }, (_, index) => ({
      apiVersion: 'example.com/v1',
      kind: 'Thing',
      metadata: { name: `thing-${index}` },
    }));
    const { written, problems } = await readFiles(['-'], {
      cwd: '/',
      columns: 80,
      colour: false,
      readStdin: async () =>
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
      out: () => {},
      err: () => {},
    });
    expect(written).toHaveLength(200_000);
    expect(problems).toEqual([]);
  });
});
