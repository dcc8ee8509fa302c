import {
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
import { reportInput } from '../output/problems';
import { Terminal } from '../terminal';

export interface AnalyzeOptions {
  output: 'text' | 'json';
  defaultNamespace: string;
  failOn: FindingLevel;
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
  const { findings } = Analyzer.create(
    withSchemas(CHECKS, vendoredSchemas()),
  ).analyze(input.snapshot);
  terminal.out(
    options.output === 'json'
      ? JSON.stringify(analysisJson(findings, input), undefined, 2)
      : analysisText(findings, input, terminal),
  );
  if (input.problems.length > 0) {
    return EXIT.badInput;
  }
  const failing = LEVELS.slice(0, LEVELS.indexOf(options.failOn) + 1);
  return findings.some(({ level }) => failing.includes(level))
    ? EXIT.found
    : EXIT.ok;
}

function analysisJson(findings: readonly Finding[], input: Input): object {
  return {
    version: 1,
    findings: findings.map(({ object, ...finding }) => {
      const { kind, namespace, name } = object;
      return {
        ...finding,
        object: { kind, ...(namespace && { namespace }), name },
        ...input.locate(object, finding.field),
      };
    }),
    summary: {
      ...Object.fromEntries(
        LEVELS.map(level => [
          level,
          findings.filter(finding => finding.level === level).length,
        ]),
      ),
      files: input.files,
      objects: input.objects,
      otherObjects: input.otherObjects,
    },
    problems: input.problems,
  };
}
