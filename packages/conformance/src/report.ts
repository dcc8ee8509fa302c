import { CorpusReport } from './runFolder';

/** For a person: a line a corpus, then what failed and how, and why cases were skipped. */
export function textReport(reports: readonly CorpusReport[]): string {
  return reports.flatMap(report => linesOf(report)).join('\n');
}

function linesOf({
  name,
  total,
  passed,
  skipped,
  failed,
  results,
}: CorpusReport) {
  const reasons = new Map<string, number>();
  for (const result of results) {
    if (result.outcome === 'skipped') {
      reasons.set(result.reason, (reasons.get(result.reason) ?? 0) + 1);
    }
  }
  return [
    `${name} ${passed}/${total}${skipped > 0 ? ` (${skipped} skipped)` : ''}`,
    ...failed.flatMap(({ id, expected, actual }) => [
      `  ${id}`,
      `    expected ${JSON.stringify(expected)}`,
      `    actual   ${JSON.stringify(actual)}`,
    ]),
    ...[...reasons].map(([reason, count]) => `  skipped ${count}: ${reason}`),
  ];
}

/** For a program. */
export function jsonReport(reports: readonly CorpusReport[]): string {
  return JSON.stringify({
    corpora: reports.map(({ name, total, passed, skipped, failed }) => ({
      name,
      total,
      passed,
      skipped,
      failed: failed.map(({ id, expected, actual }) => ({
        id,
        expected,
        actual,
      })),
    })),
  });
}
