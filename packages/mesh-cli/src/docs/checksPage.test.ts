import { CHECKS } from 'backstage-plugin-mesh-common';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checksPage } from './checksPage';

const PAGE = path.resolve(__dirname, '../../../../docs/checks.md');

describe('docs/checks.md', () => {
  it('is what the catalogue says now (yarn workspace backstage-mesh-cli docs:checks)', async () => {
    expect(await readFile(PAGE, 'utf8')).toBe(`${checksPage(CHECKS)}\n`);
  });

  it('has the anchor that findings link to', () => {
    const page = checksPage(CHECKS);
    for (const { code } of CHECKS) {
      expect(page).toContain(`\n## ${code}\n`);
    }
  });
});
