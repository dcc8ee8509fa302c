import Typography from '@material-ui/core/Typography';
import { Placement } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../hooks/useMeshTranslation';

/** Which mesh was found where the service is to go, and why; said to those who listen to the page. */
export function FoundMesh({ place }: { place: Placement | undefined }) {
  const t = useMeshTranslation();
  return (
    <Typography variant="body2" role="status">
      {place && `${foundText(t, place)} ${place.mode.reasons[0]?.text ?? ''}`}
    </Typography>
  );
}

function foundText(
  t: ReturnType<typeof useMeshTranslation>,
  { mesh, meshTitle, mode, waypoint }: Placement,
): string {
  if (mode.value === 'unknown') {
    return t('placement.unknownMesh');
  }
  if (!mesh || mode.value === 'none') {
    return t('placement.noMesh');
  }
  const found = t('placement.found', {
    mesh: meshTitle ?? mesh,
    mode: mode.value,
  });
  return waypoint
    ? `${found} ${t('placement.waypoint', {
        waypoint: `${waypoint.namespace}/${waypoint.name}`,
      })}`
    : found;
}
