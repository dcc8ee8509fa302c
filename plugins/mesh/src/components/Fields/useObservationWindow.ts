import {
  DEFAULT_OBSERVATION_WINDOW,
  OBSERVATION_WINDOWS,
} from 'backstage-plugin-mesh-common';
import { useUrlState } from '../../hooks/useUrlState';

/** The window of the URL, in seconds; the default where the URL has none that can be asked for. */
export function useObservationWindow(): number {
  const written = Number(useUrlState().get('window'));
  return (
    OBSERVATION_WINDOWS.find(seconds => seconds === written) ??
    DEFAULT_OBSERVATION_WINDOW
  );
}
