import {
  Analysis,
  Analyzer,
  CHECKS,
  AnyCheck,
  Finding,
  FindingLevel,
  MeshSnapshot,
  withSchemas,
} from 'backstage-plugin-mesh-common';
import { schemasWith } from 'backstage-plugin-mesh-common/schema';
import { EXIT } from '../exitCodes';
import { Input, load, LoadOptions } from '../input/load';
import { analysisText } from '../output/analysisText';
import { fingerprints } from '../output/fingerprint';
import { reportInput } from '../output/problems';
import { analysisSarif, descriptionOf } from '../output/sarif';
import { reportedAnalysis } from '../reported';
import { Terminal } from '../terminal';

export interface AnalyzeOptions extends LoadOptions {
  output: 'text' | 'json' | 'sarif';
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
  const schemas = schemasWith(input.definitions, (definition, message) =>
    input.notes.push({ file: definitionName(definition), message }),
  );
  reportInput(input, terminal);
  const analysis = reportedAnalysis(
    analysisOf(input.snapshots, withSchemas(CHECKS, schemas)),
    input,
    options.complete ?? input.complete,
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

function definitionName(definition: unknown): string {
  const { metadata } = Object(definition);
  return `CustomResourceDefinition ${metadata?.name}, whose schema cannot be read`;
}

/** What the checks find in each of the clusters. */
function analysisOf(
  snapshots: readonly MeshSnapshot[],
  checks: readonly AnyCheck[],
): Analysis {
  const analyses = snapshots.map(snapshot =>
    Analyzer.create(checks).analyze(snapshot),
  );
  return {
    findings: analyses.flatMap(({ findings }) => findings),
    suppressed: analyses.flatMap(({ suppressed }) => suppressed),
    skipped: analyses.flatMap(({ skipped }) => skipped),
  };
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
  { findings, suppressed, skipped }: Analysis,
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
    skipped,
    ...(input.clusters.length > 0 && { clusters: input.clusters }),
  };
}

function findingJson({ object, ...finding }: Finding, input: Input): object {
  const { cluster, kind, namespace, name } = object;
  return {
    ...finding,
    object: {
      ...(input.clusters.includes(cluster) && { cluster }),
      kind,
      ...(namespace && { namespace }),
      name,
    },
    ...input.locate(object, finding.field),
  };
}
