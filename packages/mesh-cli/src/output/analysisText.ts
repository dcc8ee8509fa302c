import { Finding, FindingLevel } from 'backstage-plugin-mesh-common';
import { Input } from '../input/load';
import { Terminal } from '../terminal';
import { count, Style, styleOf } from './style';

const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'info'];

const COLOURS = { error: 'red', warning: 'yellow', info: 'blue' } as const;

/** The findings for people: the most important first, each with the place where it is written. */
export function analysisText(
  findings: readonly Finding[],
  input: Input,
  terminal: Terminal,
): string {
  const style = styleOf(terminal);
  const parts = findings.map(finding => findingText(finding, input, style));
  return [...parts, summaryText(findings, input, style)].join('\n\n');
}

function findingText(finding: Finding, input: Input, style: Style): string {
  const { object, field, level, code, message } = finding;
  const place = input.locate(object, field);
  const where = place
    ? `${place.file}:${place.line}:${place.column}`
    : `${object.kind} ${object.namespace ?? ''}/${object.name}`;
  const name = object.namespace
    ? `${object.namespace}/${object.name}`
    : object.name;
  return [
    `${style.paint(COLOURS[level], level)} ${style.paint(
      'bold',
      code,
    )} ${where}`,
    style.wrap(message, 2),
    style.paint(
      'dim',
      `  ${shortKind(object.kind)} ${name}${field ? `, ${field}` : ''}`,
    ),
  ].join('\n');
}

function summaryText(
  findings: readonly Finding[],
  input: Input,
  style: Style,
): string {
  const read = `${count(input.objects, 'object')} of ${count(
    input.files,
    'file',
  )}`;
  const others =
    input.otherObjects > 0
      ? ` (and ${input.otherObjects} of kinds that no rule reads)`
      : '';
  if (findings.length === 0) {
    return `${style.paint('green', 'No findings')} in ${read}${others}`;
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
