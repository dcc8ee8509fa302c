import { DestinationPolicy } from 'backstage-plugin-mesh-common';
import { Format } from '../../hooks/useFormat';
import { Tone } from '../../theme/tones';
import { MeshTranslate } from '../../translation';

export function endpointsTone(endpoints: {
  ready: number;
  total: number;
}): Tone {
  if (endpoints.ready === 0) {
    return 'bad';
  }
  return endpoints.ready < endpoints.total ? 'notice' : 'good';
}

/** A limit by the mesh's own word: `maxConnections 100`. */
export function limitText(
  format: Format,
  { name, value, unit }: DestinationPolicy['limits'][number],
): string {
  switch (unit) {
    case 'ms':
      return `${name} ${format.duration(value)}`;
    case 'percent':
      return `${name} ${format.percent(value)}`;
    default:
      return `${name} ${format.count(value)}`;
  }
}

/** When endpoints are ejected, and for how long. */
export function outlierText(
  t: MeshTranslate,
  format: Format,
  detection: DestinationPolicy['outlierDetection'],
): string {
  if (!detection) {
    return t('routing.destinations.noOutlier');
  }
  const { ejectsAfter, baseEjectionMs, intervalMs, maxEjectionPercent } =
    detection;
  return [
    t('routing.destinations.ejects', { after: ejectsAfter }),
    baseEjectionMs !== undefined &&
      t('routing.destinations.ejectsFor', {
        duration: format.duration(baseEjectionMs),
      }),
    intervalMs !== undefined &&
      t('routing.destinations.ejectsEvery', {
        duration: format.duration(intervalMs),
      }),
    maxEjectionPercent !== undefined &&
      t('routing.destinations.ejectsMost', {
        percent: format.percent(maxEjectionPercent),
      }),
  ]
    .filter(Boolean)
    .join(', ');
}
