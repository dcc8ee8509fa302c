import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CHECKLIST } from './checklist';

const PAGE = path.resolve(__dirname, '../../../../docs/readiness.md');

const DECIDED = {
  measured: 'measured',
  attested: 'attested',
  both: 'measured or attested',
};

/** The tables of the page, as the checklist makes them. */
function tables(): string {
  return CHECKLIST.map(
    ({ title, items }) =>
      `### ${title}\n\n| item | decided by | what is looked at |\n| --- | --- | --- |\n${items
        .map(
          item =>
            `| ${item.title} | ${DECIDED[item.decidedBy]} | ${item.looksAt} |`,
        )
        .join('\n')}\n`,
  ).join('\n');
}

describe('docs/readiness.md', () => {
  it('says of each item how it is decided, as the checklist does', () => {
    // Widths of columns are the formatter's.
    const narrow = (text: string) =>
      text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
    expect(narrow(readFileSync(PAGE, 'utf8'))).toContain(narrow(tables()));
  });
});
