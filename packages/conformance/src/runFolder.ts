import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** In a folder of cases, each has one of its own with this file. */
const CASE = 'case.json';

/** Runs every corpus whose file, or folder of cases, is in the folder. */
export function runFolder(
  folder: string,
  corpora: readonly Corpus[],
): CorpusReport[] {
  return corpora.flatMap(corpus => {
    const { name } = corpus;
    const found = casesOf(folder, name);
    if (!found) {
      return [];
    }
    const results = corpus.run(found.cases, found.readInput);
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

function casesOf(
  folder: string,
  name: string,
): { cases: unknown; readInput(path: string): string } | undefined {
  const file = join(folder, `${name}.json`);
  if (existsSync(file)) {
    return {
      cases: readJson(file),
      readInput: path => readFileSync(inputPath(folder, name, path), 'utf8'),
    };
  }
  const ownFolder = join(folder, name);
  if (!existsSync(ownFolder)) {
    return undefined;
  }
  return {
    cases: readdirSync(ownFolder)
      .sort()
      .map(id => join(ownFolder, id, CASE))
      .filter(existsSync)
      .map(readJson),
    readInput: path => readFileSync(join(ownFolder, path), 'utf8'),
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Cases name files by their paths upstream; the folder has the part from `testdata` on. */
function inputPath(folder: string, name: string, path: string): string {
  const [, part = path] = /(?:^|\/)(testdata\/.*)$/.exec(path) ?? [];
  return join(folder, `${name}${INPUTS}`, part);
}
