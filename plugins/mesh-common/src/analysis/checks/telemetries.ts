import { Telemetry } from '../../istio/objects';
import { defineIndex } from '../../snapshot/defineIndex';
import { Selecting } from './selectorConflicts';

/** The Telemetries of a namespace. One whose selector is empty is for no pods in particular, and in nobody's way. */
export const telemetriesOf = defineIndex(
  ['telemetry.istio.io/Telemetry'],
  ({ objects }) =>
    objects('telemetry.istio.io/Telemetry').map(
      (object): Selecting<Telemetry> => ({
        object,
        labels: labelsOf(object),
      }),
    ),
);

export function labelsOf({ spec }: Telemetry) {
  const labels = spec?.selector?.matchLabels ?? {};
  return Object.keys(labels).length > 0 ? labels : undefined;
}
