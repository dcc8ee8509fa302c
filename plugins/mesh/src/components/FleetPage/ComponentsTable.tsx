import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { ControlPlaneComponent } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';
import { StatusWord } from '../Status/StatusWord';
import { STATES } from './controlPlaneTones';

/** The workloads of a mesh, with their versions and how ready they are. */
export function ComponentsTable(props: {
  caption: string;
  components: readonly ControlPlaneComponent[];
}) {
  const t = useMeshTranslation();
  return (
    <DataTable
      caption={props.caption}
      columns={[
        { key: 'name', title: t('controlPlane.components.name') },
        { key: 'version', title: t('fleet.overview.version') },
        { key: 'namespace', title: t('fleet.overview.namespace') },
        { key: 'ready', title: t('fleet.overview.ready') },
      ]}
    >
      {props.components.map(
        ({ name, namespace, version, ready, replicas, answer }) => (
          <TableRow key={`${namespace} ${name}`}>
            <TableCell component="th" scope="row" role="rowheader">
              {name}
            </TableCell>
            <TableCell>
              {version ?? t('fleet.overview.unknownVersion')}
            </TableCell>
            <TableCell>{namespace}</TableCell>
            <TableCell>
              <StatusWord {...STATES[answer.value]}>
                {t('fleet.overview.readyOf', {
                  ready: String(ready),
                  replicas: String(replicas),
                })}
              </StatusWord>
            </TableCell>
          </TableRow>
        ),
      )}
    </DataTable>
  );
}
