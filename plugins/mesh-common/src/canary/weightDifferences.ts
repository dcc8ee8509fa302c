import { CanaryState } from '../contract/canary';
import { ObjectRef } from '../contract/common';
import { objectWords } from './routes';

/** Weights are whole numbers; less than this comes of dividing. */
const TOLERANCE = 0.5;

/** Where the rules that the controller moves do not have the weights that it wants, or are not there. */
export function weightDifferences(
  { kind }: ObjectRef,
  wanted: CanaryState['wanted'],
  { routes, reasons }: CanaryState['steering'],
): CanaryState['differences'] {
  const who = `The ${kind.split('/').pop()}`;
  return routes.flatMap(({ object, state, percent }) => {
    if (state.value === 'missing' || state.value === 'ignored') {
      return [
        {
          text: state.reasons.map(({ text }) => text).join('; '),
          reasons: [...state.reasons, ...reasons],
        },
      ];
    }
    const differs =
      wanted !== undefined &&
      percent !== undefined &&
      Math.abs(wanted.value - percent) > TOLERANCE;
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
