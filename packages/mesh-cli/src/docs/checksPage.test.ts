import { CHECKS, withSchemas } from 'backstage-plugin-mesh-common';
import { vendoredSchemas } from 'backstage-plugin-mesh-common/schema';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checksPage } from './checksPage';

const PAGE = path.resolve(__dirname, '../../../../docs/checks.md');

const ALL = withSchemas(CHECKS, vendoredSchemas());

describe('docs/checks.md', () => {
  it('is what the catalogue says now (yarn workspace backstage-mesh-cli docs:checks)', async () => {
    expect(await readFile(PAGE, 'utf8')).toBe(`${checksPage(ALL)}\n`);
  });

  it('has the anchor that findings link to', () => {
    const page = checksPage(ALL);
    for (const { code } of ALL) {
      expect(page).toContain(`\n## ${code}\n`);
    }
  });
});
