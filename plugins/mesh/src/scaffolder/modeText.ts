import { Placement } from 'backstage-plugin-mesh-common';
import { MeshTranslate } from '../translation';

/** The mesh of a namespace in a few words. */
export function modeText(
  t: MeshTranslate,
  { mesh, meshTitle, mode }: Placement,
): string {
  if (mode.value === 'unknown') {
    return t('placement.optionUnknown');
  }
  return mesh && mode.value !== 'none'
    ? t('placement.option', { mesh: meshTitle ?? mesh, mode: mode.value })
    : t('placement.optionNone');
}
