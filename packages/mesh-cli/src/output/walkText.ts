import { WalkAnswer, WalkBranch, WalkStep } from 'backstage-plugin-mesh-common';
import { Input } from '../input/load';
import { Terminal } from '../terminal';
import { reasonLines } from './reasons';
import { Style, styleOf } from './style';

const MARKS: Readonly<Record<WalkStep['result'], string>> = {
  ok: '✓',
  ends: '✗',
  depends: '±',
  unknown: '?',
};

const COLOURS: Readonly<
  Record<WalkStep['result'], Parameters<Style['paint']>[0]>
> = { ok: 'green', ends: 'red', depends: 'yellow', unknown: 'yellow' };

/** A walk for people: each step with its deciders, then what is expected. */
export function walkText(
  answer: WalkAnswer,
  input: Pick<Input, 'locate' | 'snapshot'>,
  terminal: Terminal,
): string {
  const style = styleOf(terminal);
  const { branches, steps, mirrors, outcome } = answer;
  const several = branches.length > 1;
  return [
    style.paint('bold', requestLine(answer)),
    ...stepLines(steps, 1, 2, input, style),
    ...branches.flatMap(branch => [
      ...(several ? [style.wrap(branchLine(branch), 2, 4)] : []),
      ...stepLines(
        branch.steps,
        steps.length + 1,
        several ? 4 : 2,
        input,
        style,
      ),
      ...identityLines(branch).map(line =>
        style.wrap(line, several ? 4 : 2, several ? 6 : 4),
      ),
    ]),
    ...mirrors.map(({ host, port, subset, percent }) =>
      style.wrap(
        `a copy of ${percent} % goes to ${host ?? 'a destination'}${
          port ? `:${port}` : ''
        }${subset ? `, subset ${subset}` : ''}, whose answers are dropped`,
        2,
        4,
      ),
    ),
    ...(outcome.mayDiffer ?? []).map(({ text }) => style.wrap(text, 2, 4)),
    style.wrap(
      `= ${style.paint('bold', outcome.value)}${
        outcome.predicted ? ', predicted' : ''
      }: ${answer.summary}`,
      0,
      2,
    ),
  ].join('\n');
}

function requestLine({ request }: WalkAnswer): string {
  const { from, method, host, port, path, protocol } = request;
  const what = protocol === 'http' ? `${method} ${path}` : protocol;
  const client =
    'gateway' in from
      ? `outside, by Gateway ${from.gateway.namespace}/${from.gateway.name}`
      : `${from.workload.namespace}/${from.workload.name}`;
  return `${what} at ${host}:${port} from ${client}`;
}

function branchLine({ percent, host, port, subset }: WalkBranch): string {
  return `${Math.round(percent * 10) / 10} % to ${host ?? 'nowhere'}${
    port ? `:${port}` : ''
  }${subset ? `, subset ${subset}` : ''}`;
}

/** Who the server sees: behind a gateway that is not the client. */
function identityLines({ peerIdentity, via = [] }: WalkBranch): string[] {
  return peerIdentity && via.length > 0
    ? [
        `the server sees ${peerIdentity}: it is ${via
          .map(
            ({ cluster, namespace, name }) =>
              `${namespace}/${name} of the cluster ${cluster}`,
          )
          .join(', ')} that connects to it, not the client`,
      ]
    : [];
}

function stepLines(
  steps: readonly WalkStep[],
  first: number,
  indent: number,
  input: Pick<Input, 'locate' | 'snapshot'>,
  style: Style,
): string[] {
  return steps.flatMap(({ step, result, text, reasons }, index) => [
    style.wrap(
      `${first + index} ${style.paint(
        COLOURS[result],
        MARKS[result],
      )} ${step}: ${text}`,
      indent,
      indent + 4,
    ),
    ...reasonLines(
      reasons.filter(reason => reason.text !== text || reason.object),
      input,
      style,
      indent + 4,
    ).map(line => style.paint('dim', line)),
  ]);
}
