import { CanaryState } from '../contract/canary';
import { objectWords } from './routes';

/** Weights are whole numbers; less than this comes of dividing. */
const TOLERANCE = 0.5;

/** Where the rules that the controller moves do not have the weights that it wants, or are not there. */
export function weightDifferences(
  canary: Omit<CanaryState, 'differences'>,
): CanaryState['differences'] {
  const { object: decider, wanted, steering } = canary;
  const who = `The ${decider.kind.split('/').pop()}`;
  return steering.routes.flatMap(({ object, state, percent }) => {
    if (state.value === 'ignored' || isMissed(canary, state.value)) {
      return [
        {
          text: state.reasons.map(({ text }) => text).join('; '),
          reasons: [...state.reasons, ...steering.reasons],
        },
      ];
    }
    const differs =
      wanted !== undefined &&
      percent !== undefined &&
      [wanted.value, ...onTheWay(canary)].every(
        each => Math.abs(each - percent) > TOLERANCE,
      );
    return differs
      ? [
          {
            text: `${who} wants ${wanted.value} %, ${objectWords(
              object,
            )} sends ${percent} %`,
            reasons: [...wanted.reasons, ...state.reasons],
          },
        ]
      : [];
  });
}

/** Flagger makes its route itself, when it has set up the workload. */
function isMissed(
  { controller, phase }: Omit<CanaryState, 'differences'>,
  state: CanaryState['steering']['routes'][number]['state']['value'],
): boolean {
  const isSettingUp =
    phase.value === 'unknown' || phase.value === 'not-started';
  return state === 'missing' && !(controller === 'flagger' && isSettingUp);
}

/**
 * Shares that the rule may have for a moment: both controllers move the weights first, and write into the status then.
 * While they promote, requests go from all at the new version to all at what takes its place.
 */
function onTheWay({ phase, next }: Omit<CanaryState, 'differences'>): number[] {
  if (phase.value === 'promoting') {
    return [0, 100];
  }
  return phase.value === 'progressing' && next?.percent !== undefined
    ? [next.percent]
    : [];
}
