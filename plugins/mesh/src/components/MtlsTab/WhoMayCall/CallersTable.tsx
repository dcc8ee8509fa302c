import { MeshAnswer } from '../../../hooks/useMeshAnswer';
import { useFormat } from '../../../hooks/useFormat';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { DataTable } from '../../DataTable/DataTable';
import { CallerRow } from './callerRows';
import { CallerTableRow, Seen } from './CallerTableRow';

const COLUMNS = [
  'caller',
  'to',
  'decision',
  'requests',
  'decidedBy',
  'seen',
  'declared',
] as const;

/** The callers: known ones, then those that stand for everybody else. */
export function CallersTable(props: {
  rows: readonly CallerRow[];
  observed: MeshAnswer<'observedMtls'>;
  windowSeconds: number;
}) {
  const { rows, observed, windowSeconds } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  const window = format.duration(windowSeconds * 1000);
  return (
    <DataTable
      caption={t('callers.table.caption')}
      columns={COLUMNS.map(key => ({
        key,
        title: t(`callers.table.columns.${key}`, { window }),
      }))}
    >
      {rows.map(row => (
        <CallerTableRow key={row.key} row={row} seen={seenOf(row, observed)} />
      ))}
    </DataTable>
  );
}

/** Whether it would have been seen, had it called. */
function seenOf({ to }: CallerRow, observed: MeshAnswer<'observedMtls'>): Seen {
  if (observed.status !== 'loaded') {
    return observed.status === 'loading' ? 'loading' : 'not-measured';
  }
  const names = new Set(to.map(({ workload }) => JSON.stringify(workload)));
  const measured = observed.value.workloads.filter(({ workload }) =>
    names.has(JSON.stringify(workload)),
  );
  return measured.length > 0 &&
    measured.every(({ total }) => total.state !== 'unknown')
    ? 'measured'
    : 'not-measured';
}
