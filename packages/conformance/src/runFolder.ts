import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CaseResult, Corpus } from './corpus';

/** A corpus, and what came of its cases. */
export interface CorpusReport {
  name: string;
  total: number;
  passed: number;
  skipped: number;
  failed: Extract<CaseResult, { outcome: 'failed' }>[];
  results: CaseResult[];
}

/** The folder of the files that cases of a corpus name, where it has any. */
const INPUTS = '-inputs';

/** Runs every corpus whose file is in the folder. */
export function runFolder(
  folder: string,
  corpora: readonly Corpus[],
): CorpusReport[] {
  return corpora
    .filter(({ name }) => existsSync(join(folder, `${name}.json`)))
    .map(corpus => {
      const { name } = corpus;
      const cases: unknown = JSON.parse(
        readFileSync(join(folder, `${name}.json`), 'utf8'),
      );
      const results = corpus.run(cases, path =>
        readFileSync(inputPath(folder, name, path), 'utf8'),
      );
      return {
        name,
        total: results.length,
        passed: results.filter(({ outcome }) => outcome === 'passed').length,
        skipped: results.filter(({ outcome }) => outcome === 'skipped').length,
        failed: results.filter(result => result.outcome === 'failed'),
        results,
      };
    });
}

/** Cases name files by their paths upstream; the folder has the part from `testdata` on. */
function inputPath(folder: string, name: string, path: string): string {
  const [, part = path] = /(?:^|\/)(testdata\/.*)$/.exec(path) ?? [];
  return join(folder, `${name}${INPUTS}`, part);
}
