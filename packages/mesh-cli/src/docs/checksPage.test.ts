import {
  CHECKS,
  optionalChecks,
  withSchemas,
} from 'backstage-plugin-mesh-common';
import { vendoredSchemas } from 'backstage-plugin-mesh-common/schema';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checksPage } from './checksPage';

const PAGE = path.resolve(__dirname, '../../../../docs/checks.md');

const ALL = withSchemas(CHECKS, vendoredSchemas());
const OPTIONAL = optionalChecks(['all']);

describe('docs/checks.md', () => {
  it('is what the catalogue says now (yarn workspace backstage-mesh-cli docs:checks)', async () => {
    expect(await readFile(PAGE, 'utf8')).toBe(`${checksPage(ALL, OPTIONAL)}\n`);
  });

  it('has the anchor that findings link to', () => {
    const page = checksPage(ALL, OPTIONAL);
    for (const { code } of [...ALL, ...OPTIONAL]) {
      expect(page).toContain(`\n## ${code}\n`);
    }
  });

  it.each([
    ['KIA1007', /only where it is asked for/],
    ['IST0103', /^(?!.*asked for)/s],
  ])('says of %s whether it runs by itself', (code, expected) => {
    const [, section] = checksPage(ALL, OPTIONAL).split(`\n## ${code}\n`);
    expect(section.split('\n## ')[0]).toMatch(expected);
  });
});
