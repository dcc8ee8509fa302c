import {
  Analysis,
  Analyzer,
  CHECKS,
  Finding,
  FindingLevel,
  withSchemas,
} from 'backstage-plugin-mesh-common';
import { vendoredSchemas } from 'backstage-plugin-mesh-common/schema';
import { EXIT } from '../exitCodes';
import { Input, load } from '../input/load';
import { analysisText } from '../output/analysisText';
import { fingerprints } from '../output/fingerprint';
import { reportInput } from '../output/problems';
import { analysisSarif, descriptionOf } from '../output/sarif';
import { reportedAnalysis } from '../reported';
import { Terminal } from '../terminal';

export interface AnalyzeOptions {
  output: 'text' | 'json' | 'sarif';
  defaultNamespace: string;
  with?: readonly string[];
  failOn: FindingLevel;
  complete?: boolean;
}

const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'info'];

/** `mesh analyze`: what the checks find in the files. */
export async function analyze(
  paths: readonly string[],
  options: AnalyzeOptions,
  terminal: Terminal,
): Promise<number> {
  const input = await load(paths, options, terminal);
  reportInput(input, terminal);
  const analysis = reportedAnalysis(
    Analyzer.create(withSchemas(CHECKS, vendoredSchemas())).analyze(
      input.snapshot,
    ),
    input,
    options.complete ?? false,
  );
  terminal.out(textOf(analysis, input, options, terminal));
  if (input.problems.length > 0) {
    // What could be read was analysed; what could not is something to mend.
    return EXIT.found;
  }
  const failing = LEVELS.slice(0, LEVELS.indexOf(options.failOn) + 1);
  return analysis.findings.some(({ level }) => failing.includes(level))
    ? EXIT.found
    : EXIT.ok;
}

function textOf(
  analysis: Analysis,
  input: Input,
  { output }: AnalyzeOptions,
  terminal: Terminal,
): string {
  switch (output) {
    case 'json':
      return JSON.stringify(analysisJson(analysis, input), undefined, 2);
    case 'sarif':
      return JSON.stringify(analysisSarif(analysis, input), undefined, 2);
    default:
      return analysisText(analysis, input, terminal);
  }
}

function analysisJson(
  { findings, suppressed }: Analysis,
  input: Input,
): object {
  const prints = fingerprints([
    ...findings,
    ...suppressed.map(({ finding }) => finding),
  ]);
  const json = (finding: Finding) => ({
    ...findingJson(finding, input),
    fix: descriptionOf(finding.code)?.explanation,
    fingerprint: prints.get(finding),
  });
  return {
    version: 1,
    findings: findings.map(json),
    suppressed: suppressed.map(({ finding, reason }) => ({
      ...json(finding),
      reason,
    })),
    summary: {
      ...Object.fromEntries(
        LEVELS.map(level => [
          level,
          findings.filter(finding => finding.level === level).length,
        ]),
      ),
      suppressed: suppressed.length,
      files: input.files,
      objects: input.objects,
      otherObjects: input.otherObjects,
    },
    problems: input.problems,
  };
}

function findingJson({ object, ...finding }: Finding, input: Input): object {
  const { kind, namespace, name } = object;
  return {
    ...finding,
    object: { kind, ...(namespace && { namespace }), name },
    ...input.locate(object, finding.field),
  };
}
