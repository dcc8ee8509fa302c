import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { ControlPlane } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { Tone } from '../../theme/tones';
import { DataTable } from '../DataTable/DataTable';
import { StatusWord } from '../Status/StatusWord';

const COLUMNS = ['revision', 'version', 'namespace', 'ready'] as const;

/** The control planes of a mesh in a line each. */
export function ControlPlanesTable(props: {
  caption: string;
  controlPlanes: readonly ControlPlane[];
}) {
  const { caption, controlPlanes } = props;
  const t = useMeshTranslation();
  const tagged = controlPlanes.some(({ tags = [] }) => tags.length > 0);
  return (
    <DataTable
      caption={caption}
      columns={[
        ...COLUMNS.map(key => ({ key, title: t(`fleet.overview.${key}`) })),
        ...(tagged ? [{ key: 'tags', title: t('controlPlane.tags') }] : []),
      ]}
    >
      {controlPlanes.map(plane => (
        <TableRow key={`${plane.namespace} ${plane.revision}`}>
          <TableCell component="th" scope="row" role="rowheader">
            {plane.revision ?? t('fleet.overview.defaultRevision')}
          </TableCell>
          <TableCell>
            {plane.version ?? t('fleet.overview.unknownVersion')}
          </TableCell>
          <TableCell>{plane.namespace ?? t('controlPlane.notHere')}</TableCell>
          <TableCell>
            <Readiness plane={plane} />
          </TableCell>
          {tagged && (
            <TableCell>
              {plane.tags?.map(({ name }) => name).join(', ') ||
                t('controlPlane.noTags')}
            </TableCell>
          )}
        </TableRow>
      ))}
    </DataTable>
  );
}

function Readiness({ plane }: { plane: ControlPlane }) {
  const { ready, replicas, runs } = plane;
  const t = useMeshTranslation();
  if (ready === undefined || replicas === undefined) {
    const value = runs?.value ?? 'unknown';
    return (
      <StatusWord tone={value === 'gone' ? 'bad' : 'neutral'}>
        {t(`controlPlane.runs.${value}`)}
      </StatusWord>
    );
  }
  return (
    <StatusWord tone={readyTone(ready, replicas)}>
      {t('fleet.overview.readyOf', {
        ready: String(ready),
        replicas: String(replicas),
      })}
    </StatusWord>
  );
}

function readyTone(ready: number, replicas: number): Tone {
  if (ready === 0) {
    return 'bad';
  }
  return ready < replicas ? 'notice' : 'good';
}
