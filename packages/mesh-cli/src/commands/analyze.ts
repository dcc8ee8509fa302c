import {
  Analysis,
  Analyzer,
  CHECKS,
  AnyCheck,
  Finding,
  FindingLevel,
  MeshSnapshot,
  OPTIONAL_CODES,
  optionalChecks,
  parseSuppression,
  Suppression,
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
import { UsageError } from '../usageError';

export interface AnalyzeOptions extends LoadOptions {
  output: 'text' | 'json' | 'sarif';
  failOn: FindingLevel;
  complete?: boolean;
  suppress?: readonly string[];
  optionalCheck?: readonly string[];
}

const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'info'];

/** `mesh analyze`: what the checks find in the files. */
export async function analyze(
  paths: readonly string[],
  options: AnalyzeOptions,
  terminal: Terminal,
): Promise<number> {
  const suppressions = suppressionsOf(options);
  const optional = optionalOf(options);
  const input = await load(paths, options, terminal);
  const schemas = schemasWith(input.definitions, (definition, message) =>
    input.notes.push({ file: definitionName(definition), message }),
  );
  reportInput(input, terminal);
  const analysis = reportedAnalysis(
    analysisOf(
      input.snapshots,
      withSchemas([...CHECKS, ...optional], schemas),
      suppressions,
    ),
    input,
    options.complete ?? input.complete,
  );
  terminal.out(textOf(analysis, input, options, terminal, suppressions));
  if (input.problems.length > 0) {
    // What could be read was analysed; what could not is something to mend.
    return EXIT.found;
  }
  const failing = LEVELS.slice(0, LEVELS.indexOf(options.failOn) + 1);
  return analysis.findings.some(({ level }) => failing.includes(level))
    ? EXIT.found
    : EXIT.ok;
}

function suppressionsOf({ suppress = [] }: AnalyzeOptions): Suppression[] {
  return suppress.map(text => {
    const suppression = parseSuppression(text);
    if (!suppression) {
      throw new UsageError(
        `--suppress ${text} is not CODE=Kind name.namespace, such as "IST0102=Namespace default" or "IST0101=VirtualService *.shop"`,
      );
    }
    return suppression;
  });
}

function optionalOf({ optionalCheck = [] }: AnalyzeOptions): AnyCheck[] {
  const unknown = optionalCheck.find(
    code => code !== 'all' && optionalChecks([code]).length === 0,
  );
  if (unknown !== undefined) {
    throw new UsageError(
      `--optional-check ${unknown} is none of all, ${OPTIONAL_CODES.join(
        ', ',
      )}`,
    );
  }
  return optionalChecks(optionalCheck);
}

function definitionName(definition: unknown): string {
  const { metadata } = Object(definition);
  return `CustomResourceDefinition ${metadata?.name}, whose schema cannot be read`;
}

/** What the checks find in each of the clusters. */
function analysisOf(
  snapshots: readonly MeshSnapshot[],
  checks: readonly AnyCheck[],
  suppressions: readonly Suppression[],
): Analysis {
  const analyses = snapshots.map(snapshot =>
    Analyzer.create(checks, suppressions, () => new Date()).analyze(snapshot),
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
  suppressions: readonly Suppression[],
): string {
  switch (output) {
    case 'json':
      return JSON.stringify(analysisJson(analysis, input), undefined, 2);
    case 'sarif':
      return JSON.stringify(
        analysisSarif(analysis, input, suppressions),
        undefined,
        2,
      );
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
