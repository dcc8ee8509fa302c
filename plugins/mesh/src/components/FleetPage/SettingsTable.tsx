import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { ControlPlaneSetting } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';
import { NamesInText } from '../Status/NamesInText';
import { DecidingObject } from './DecidingObject';

const COLUMNS = ['name', 'value', 'source'] as const;

/** The settings of a control plane that change what the mesh does, and where they are written. */
export function SettingsTable(props: {
  caption: string;
  settings: readonly ControlPlaneSetting[];
}) {
  const t = useMeshTranslation();
  return (
    <DataTable
      caption={props.caption}
      columns={COLUMNS.map(key => ({
        key,
        title: t(`controlPlane.settings.${key}`),
      }))}
    >
      {props.settings.map(({ name, value, source, followed, reason }) => (
        <TableRow key={`${reason.rule} ${name}`}>
          <TableCell component="th" scope="row" role="rowheader">
            <code>
              <NamesInText text={name} />
            </code>
          </TableCell>
          <TableCell>
            <code>
              <NamesInText text={value} />
            </code>
            {!followed && <div>{t('controlPlane.settings.notFollowed')}</div>}
          </TableCell>
          <TableCell>
            {source === 'default' ? (
              t('controlPlane.settings.default')
            ) : (
              <DecidingObject reason={reason} />
            )}
          </TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
