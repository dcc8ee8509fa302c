import {
  Analysis,
  CheckDescription,
  CHECK_DESCRIPTIONS,
  Finding,
  FindingLevel,
  suppressedByConfiguration,
  Suppression,
} from 'backstage-plugin-mesh-common';
import { version } from '../../package.json';
import { Input } from '../input/load';
import { fingerprints } from './fingerprint';

const LEVELS: Readonly<Record<FindingLevel, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** How the fingerprint is made; another number where it is made differently. */
const FINGERPRINT = 'meshFinding/v1';

/**
 * The findings in the Static Analysis Results Interchange Format 2.1.0, as code hosts take them: rules with their
 * explanation, results with the place in the file. What is suppressed is a result too, with the reason.
 */
export function analysisSarif(
  { findings, suppressed }: Analysis,
  input: Input,
  suppressions: readonly Suppression[],
): object {
  const all = [...findings, ...suppressed.map(({ finding }) => finding)];
  const reasons = new Map(
    suppressed.map(({ finding, reason }) => [finding, reason]),
  );
  const rules = [...new Set(all.map(({ code }) => code))].sort();
  const prints = fingerprints(all);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'mesh',
            semanticVersion: version,
            informationUri:
              'https://github.com/mesh-for-backstage/mesh-for-backstage',
            rules: rules.map(code => ruleOf(code, all)),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: all.map(finding => ({
          ...resultOf(finding, rules, input),
          partialFingerprints: { [FINGERPRINT]: prints.get(finding) },
          ...(reasons.has(finding) && {
            suppressions: [
              {
                // By an annotation of the object, or by the caller.
                kind:
                  reasons.get(finding) ===
                  suppressedByConfiguration(finding, suppressions)
                    ? 'external'
                    : 'inSource',
                justification: reasons.get(finding),
              },
            ],
          }),
        })),
      },
    ],
  };
}

function ruleOf(code: string, findings: readonly Finding[]): object {
  const description = descriptionOf(code);
  const finding = findings.find(candidate => candidate.code === code);
  const title = description?.title ?? finding?.title ?? code;
  return {
    id: code,
    shortDescription: { text: title },
    ...(description && {
      fullDescription: { text: description.explanation },
      help: { text: description.explanation },
      defaultConfiguration: { level: LEVELS[description.level] },
    }),
    ...(finding && { helpUri: finding.docs }),
  };
}

/** What is known of a code beyond what each finding says. */
export function descriptionOf(code: string): CheckDescription | undefined {
  return CHECK_DESCRIPTIONS.find(description => description.code === code);
}

function resultOf(
  finding: Finding,
  rules: readonly string[],
  input: Input,
): object {
  const { code, level, message, object, field } = finding;
  const place = input.locate(object, field);
  const name = object.namespace
    ? `${object.namespace}/${object.name}`
    : object.name;
  return {
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level: LEVELS[level],
    message: { text: message },
    locations: [
      {
        ...(place && {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(place.file) },
            region: { startLine: place.line, startColumn: place.column },
          },
        }),
        logicalLocations: [
          {
            name,
            kind: 'resource',
            fullyQualifiedName: [object.kind, name, field]
              .filter(part => part !== undefined)
              .join(' '),
          },
        ],
      },
    ],
  };
}
