import {
  Analysis,
  Finding,
  FindingLevel,
  SkippedCheck,
  SuppressedFinding,
} from 'backstage-plugin-mesh-common';
import { Input } from '../input/load';
import { Terminal } from '../terminal';
import { count, Style, styleOf } from './style';

const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'info'];

const COLOURS = { error: 'red', warning: 'yellow', info: 'blue' } as const;

/**
 * The findings for people: the most important first, each with the place where it is written; then those that are
 * suppressed, in a line each.
 */
export function analysisText(
  { findings, suppressed, skipped }: Analysis,
  input: Input,
  terminal: Terminal,
): string {
  const style = styleOf(terminal);
  const parts = findings.map(finding => findingText(finding, input, style));
  if (suppressed.length > 0) {
    parts.push(suppressedText(suppressed, input, style));
  }
  if (skipped.length > 0) {
    parts.push(skippedText(skipped, style));
  }
  return [...parts, summaryText({ findings, suppressed }, input, style)].join(
    '\n\n',
  );
}

function findingText(finding: Finding, input: Input, style: Style): string {
  const { object, field, level, code, message } = finding;
  const name = object.namespace
    ? `${object.namespace}/${object.name}`
    : object.name;
  return [
    `${style.paint(COLOURS[level], level)} ${style.paint(
      'bold',
      code,
    )} ${whereIs(finding, input)}`,
    style.wrap(message, 2),
    style.paint(
      'dim',
      `  ${shortKind(object.kind)} ${name}${field ? `, ${field}` : ''}`,
    ),
  ].join('\n');
}

function suppressedText(
  suppressed: readonly SuppressedFinding[],
  input: Input,
  style: Style,
): string {
  return [
    `${count(suppressed.length, 'finding')} suppressed`,
    ...suppressed.map(({ finding, reason }) =>
      style.wrap(`${finding.code} ${whereIs(finding, input)}: ${reason}`, 2, 4),
    ),
  ].join('\n');
}

/** Checks that say nothing, and what they do not know: a kind that is not read, and why. */
function skippedText(skipped: readonly SkippedCheck[], style: Style): string {
  const codes = new Set(skipped.map(({ code }) => code));
  const kinds = new Map<string, Set<string>>();
  for (const { message } of skipped) {
    const [kind, ...why] = message.split(': ');
    const reason = why.join(': ');
    kinds.set(reason, (kinds.get(reason) ?? new Set()).add(kind));
  }
  return [
    style.wrap(
      `Not checked, or not everywhere: ${[...codes].join(', ')}`,
      0,
      4,
    ),
    ...[...kinds].map(([reason, some]) =>
      style.wrap(`${reason}: ${[...some].join(', ')}`, 2, 4),
    ),
  ].join('\n');
}

function whereIs({ object, field }: Finding, input: Input): string {
  const place = input.locate(object, field);
  return place
    ? `${place.file}:${place.line}:${place.column}`
    : `${object.kind} ${object.namespace ?? ''}/${object.name}`;
}

function summaryText(
  { findings, suppressed }: Pick<Analysis, 'findings' | 'suppressed'>,
  input: Input,
  style: Style,
): string {
  const sources = [
    ...(input.files > 0 || input.clusters.length === 0
      ? [count(input.files, 'file')]
      : []),
    ...input.clusters.map(name => `cluster ${name}`),
  ];
  const read = `${count(input.objects, 'object')} of ${sources.join(' and ')}`;
  const others =
    input.otherObjects > 0
      ? ` (and ${input.otherObjects} of kinds that no rule reads)`
      : '';
  if (findings.length === 0) {
    const none = suppressed.length > 0 ? 'No other findings' : 'No findings';
    return `${style.paint('green', none)} in ${read}${others}`;
  }
  const counts = LEVELS.flatMap(level => {
    const found = findings.filter(finding => finding.level === level).length;
    return found > 0 ? nounOf(found, level) : [];
  });
  return `${counts.join(', ')} in ${read}${others}`;
}

function nounOf(found: number, level: FindingLevel): string {
  return level === 'info' ? `${found} info` : count(found, level);
}

/** `Server` of `policy.linkerd.io/Server` */
export function shortKind(kind: string): string {
  return kind.slice(kind.lastIndexOf('/') + 1);
}
