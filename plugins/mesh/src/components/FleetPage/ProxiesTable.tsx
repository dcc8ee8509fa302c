import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { ClusterMesh } from 'backstage-plugin-mesh-common';
import { shareOf } from '../../format/numbers';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';

const COLUMNS = ['proxyVersion', 'pods'] as const;

/** Pods by the version of their proxy. */
export function ProxiesTable(props: {
  caption: string;
  proxies: ClusterMesh['proxies'];
}) {
  const { caption, proxies } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  const pods = proxies.reduce((sum, proxy) => sum + proxy.pods, 0);
  return (
    <DataTable
      caption={caption}
      columns={COLUMNS.map(key => ({
        key,
        title: t(`fleet.overview.${key}`),
      }))}
    >
      {proxies.map(proxy => (
        <TableRow key={proxy.version}>
          <TableCell component="th" scope="row" role="rowheader">
            {proxy.version}
          </TableCell>
          <TableCell>
            {format.count(proxy.pods)} (
            {format.percent(shareOf(proxy.pods, pods) ?? 0)})
          </TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
