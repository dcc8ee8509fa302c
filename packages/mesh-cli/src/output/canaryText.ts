import {
  CanaryState,
  Delivery,
  durationWords,
} from 'backstage-plugin-mesh-common';
import { Input } from '../input/load';
import { reasonLines } from './reasons';
import { percentWords } from './routeWords';
import { Style } from './style';

const CONTROLLERS = {
  'argo-rollouts': 'Argo Rollout',
  flagger: 'Flagger Canary',
} as const;

/** The canaries that govern a Service, each with what is not as its controller wants. */
export function deliveryLines(
  { canaries, unread }: Delivery,
  input: Input,
  style: Style,
): string[] {
  return [
    ...canaries.flatMap(canary => canaryLines(canary, input, style)),
    ...unread.map(({ message }) =>
      style.wrap(
        `${style.paint('yellow', 'canary not known')}: ${message}`,
        2,
        4,
      ),
    ),
  ];
}

function canaryLines(
  canary: CanaryState,
  input: Input,
  style: Style,
): string[] {
  const { controller, object, steering, differences } = canary;
  const name = `${CONTROLLERS[controller]} ${object.name}`;
  return [
    style.wrap(
      `${style.paint('bold', canary.strategy)} ${name}: ${stateWords(canary)}`,
      2,
      4,
    ),
    ...reasonLines(steering.reasons, input, style, 4),
    ...differences.flatMap(({ text, reasons }) => [
      style.wrap(style.paint('yellow', text), 4, 6),
      ...reasonLines(reasons, input, style, 6),
    ]),
  ];
}

/** `paused, step 2 of 5 (pause 10m), 10 % to the new version, next 25 % after 600 s` */
export function stateWords({
  phase,
  aborted,
  step,
  wanted,
  next,
  failedChecks,
}: CanaryState): string {
  return [
    aborted ? 'aborted' : phase.value.replaceAll('-', ' '),
    step &&
      `step ${step.number} of ${step.count}${
        step.text ? ` (${step.text})` : ''
      }`,
    wanted &&
      phase.value !== 'healthy' &&
      `${percentWords(wanted.value)} to the new version`,
    next && nextWords(next),
    failedChecks && `${failedChecks.count} of ${failedChecks.limit} failures`,
  ]
    .filter(Boolean)
    .join(', ');
}

function nextWords({
  percent,
  text,
  waitsFor,
  afterMs,
  at,
}: NonNullable<CanaryState['next']>): string {
  const what = percent === undefined ? text : percentWords(percent);
  const duration = afterMs === undefined ? undefined : durationWords(afterMs);
  const waits = {
    time: `after ${duration}${at ? `, at ${at}` : ''}`,
    person: 'when somebody lets it go on',
    analysis: `if what is measured${
      duration ? ` every ${duration}` : ''
    } is good`,
    pods: 'when the pods are ready',
    controller: 'at once',
  };
  return `next ${what} ${waits[waitsFor]}`;
}
