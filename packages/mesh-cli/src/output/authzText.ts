import {
  CallCondition,
  CallConditions,
  CallDecision,
  CallEvaluation,
  CallRule,
  Caller,
  WorkloadCallers,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { Input } from '../input/load';
import { Terminal } from '../terminal';
import { reasonLines } from './reasons';
import { Style, styleOf } from './style';

/** One request that was asked about. */
export interface AskedEvaluation {
  workload: WorkloadRef;
  port: number;
  from: WorkloadRef | 'outside';
  evaluation: CallEvaluation;
}

/** Who may call, for people: of each port the rules as they are written, then what they come to for each caller. */
export function callersText(
  workloads: readonly WorkloadCallers[],
  input: Input,
  terminal: Terminal,
): string {
  const style = styleOf(terminal);
  return workloads
    .map(({ workload, mesh, ports, callers }) =>
      [
        `${style.paint(
          'bold',
          `${workload.kind} ${workload.namespace}/${workload.name}`,
        )} (${mesh ?? 'not in a mesh'})`,
        ...ports.flatMap(({ port, name, protocol, rules }) => [
          `  ${style.paint(
            'bold',
            [port, name, protocol].filter(Boolean).join(' '),
          )}`,
          ...(rules.length === 0 ? ['    no rule says who may call'] : []),
          ...rules.flatMap(rule => ruleLines(rule, input, style)),
          ...callers.flatMap(caller => callerLines(caller, port, style)),
        ]),
        ...(ports.length === 0 ? ['  It has no ports'] : []),
      ].join('\n'),
    )
    .join('\n\n');
}

function ruleLines(rule: CallRule, input: Input, style: Style): string[] {
  const { term, state, enforcedBy, from, requests, reason } = rule;
  const notes = [state === 'enforced' ? undefined : state, enforcedBy].filter(
    Boolean,
  );
  return [
    style.wrap(
      `${term}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}: ${whoWords(
        from,
      )}, ${whatWords(requests)}`,
      4,
      6,
    ),
    ...reasonLines([reason], input, style, 6),
  ];
}

function callerLines(caller: Caller, port: number, style: Style): string[] {
  const found = caller.ports.find(one => one.port === port);
  return found
    ? [
        style.wrap(
          `${callerName(caller)}: ${decisionWords(found.decision, style)}`,
          4,
          6,
        ),
      ]
    : [];
}

function callerName({
  identity,
  workload,
  entityRef,
  ...caller
}: Caller): string {
  if (caller.class) {
    return {
      'same-namespace': 'others of the namespace',
      'elsewhere-in-mesh': 'others of the mesh',
      'outside-mesh': 'outside the mesh',
    }[caller.class];
  }
  return workload
    ? `${workload.kind} ${workload.namespace}/${workload.name}`
    : identity ?? entityRef ?? 'a caller';
}

const COLOURS = {
  allowed: 'green',
  denied: 'red',
  depends: 'yellow',
  unknown: 'yellow',
} as const;

function decisionWords(decision: CallDecision, style: Style): string {
  const { value, allowedWhen, deniedWhen } = decision;
  const conditions = [
    ...(allowedWhen.length > 0 ? [`if ${whatWords(allowedWhen)}`] : []),
    ...(deniedWhen.length > 0 ? [`denied if ${whatWords(deniedWhen)}`] : []),
  ];
  return [style.paint(COLOURS[value], value), ...conditions].join(', ');
}

function whoWords(conditions: CallConditions): string {
  return conditions.length === 0
    ? 'nobody'
    : alternatives(conditions, 'everybody');
}

function whatWords(conditions: CallConditions): string {
  return conditions.length === 0
    ? 'no request'
    : alternatives(conditions, 'every request');
}

function alternatives(conditions: CallConditions, all: string): string {
  return conditions
    .map(each =>
      each.length === 0 ? all : each.map(conditionWords).join(' and '),
    )
    .join(', or ');
}

function conditionWords({
  subject,
  name,
  operator,
  values,
}: CallCondition): string {
  return `${subject}${name ? ` ${name}` : ''} ${
    operator === 'in' ? 'is' : 'is not'
  } ${values.join(' or ')}`;
}

/** What was looked at about one request, in order, and what it comes to. */
export function evaluationText(
  evaluations: readonly AskedEvaluation[],
  input: Input,
  terminal: Terminal,
): string {
  const style = styleOf(terminal);
  return evaluations
    .map(({ workload, port, from, evaluation }) => {
      const { decision, hops } = evaluation;
      const caller =
        from === 'outside' ? 'outside' : `${from.namespace}/${from.name}`;
      return [
        `${style.paint(
          'bold',
          `${workload.namespace}/${workload.name}:${port}`,
        )} from ${caller}: ${decisionWords(decision, style)}`,
        ...hops.flatMap(hop => [
          `  ${hop.by} (${hop.layer}): ${style.paint(
            COLOURS[hop.decision.value],
            hop.decision.value,
          )}${hop.verdict ? `, ${hop.verdict}` : ''}`,
          ...hop.checks.flatMap(({ step, result, dryRun, reason }) =>
            reasonLines(
              [
                {
                  ...reason,
                  text: `${step} ${result}${dryRun ? ' (dry run)' : ''}: ${
                    reason.text
                  }`,
                },
              ],
              input,
              style,
              4,
            ),
          ),
        ]),
        ...reasonLines(decision.reasons, input, style, 2),
      ].join('\n');
    })
    .join('\n\n');
}
