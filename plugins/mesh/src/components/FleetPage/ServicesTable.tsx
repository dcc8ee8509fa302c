import TableSortLabel from '@material-ui/core/TableSortLabel';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { Column, DataTable } from '../DataTable/DataTable';
import { orderText, SORT_KEYS } from './serviceFilter';
import { ServiceRow } from './ServiceRow';
import { ServiceView } from './useServiceView';

const COLUMNS = [
  'service',
  'owner',
  'system',
  'verdict',
  'meshes',
  'clusters',
  'workloads',
  'findings',
] as const;

/** The services of the current page. */
export function ServicesTable({ view }: { view: ServiceView }) {
  const t = useMeshTranslation();
  return (
    <DataTable
      caption={t('fleet.services.caption')}
      columns={COLUMNS.map(key =>
        column(key, t(`fleet.services.${key}`), view),
      )}
    >
      {view.shown.map(service => (
        <ServiceRow key={service.entityRef} service={service} />
      ))}
    </DataTable>
  );
}

function column(
  key: (typeof COLUMNS)[number],
  title: string,
  { order, url }: ServiceView,
): Column {
  const sortKey = SORT_KEYS.find(candidate => candidate === key);
  if (!sortKey) {
    return { key, title };
  }
  const isSorted = order.key === sortKey;
  const direction = order.descending ? 'desc' : 'asc';
  return {
    key,
    sort: isSorted ? sortWord(order.descending) : 'none',
    title: (
      <TableSortLabel
        active={isSorted}
        direction={isSorted ? direction : 'asc'}
        onClick={() =>
          url.set({
            sort: orderText({
              key: sortKey,
              descending: isSorted && !order.descending,
            }),
            page: undefined,
          })
        }
      >
        {title}
      </TableSortLabel>
    ),
  };
}

function sortWord(descending: boolean): 'ascending' | 'descending' {
  return descending ? 'descending' : 'ascending';
}
