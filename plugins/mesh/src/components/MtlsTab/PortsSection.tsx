import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { MeshAnswer } from '../../hooks/useMeshAnswer';
import { CsvButton, CsvExport } from '../DataTable/CsvButton';
import { DataTable } from '../DataTable/DataTable';
import { Section } from '../DataTable/Section';
import { clientRows } from './clientRows';
import { PortRow } from './PortRow';
import { WorkloadCell } from './WorkloadCell';
import { WorkloadView } from './workloadViews';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';

const COLUMNS = [
  'workload',
  'port',
  'accepts',
  'decidedBy',
  'observed',
  'clients',
  'verdict',
] as const;

/** One row a port of a workload: what it accepts, who decided it, what was seen. */
export function PortsSection(props: {
  views: readonly WorkloadView[];
  observed: MeshAnswer<'observedMtls'>;
}) {
  const { views, observed } = props;
  const t = useMeshTranslation();
  return (
    <Section
      id="ports"
      title={t('mtls.ports.title')}
      action={<CsvButton data={usePortsCsv(views)} />}
    >
      <DataTable
        caption={t('mtls.ports.caption')}
        columns={COLUMNS.map(key => ({ key, title: t(`mtls.ports.${key}`) }))}
      >
        {views.map(view =>
          view.mtls.ports.length === 0 ? (
            <TableRow key={view.key}>
              <WorkloadCell view={view} rows={1} />
              <TableCell colSpan={COLUMNS.length - 1}>
                {t('mtls.ports.none')}
              </TableCell>
            </TableRow>
          ) : (
            view.mtls.ports.map((port, index) => (
              <PortRow
                key={`${view.key} ${port.port}`}
                view={view}
                port={port}
                isFirst={index === 0}
                observed={observed}
              />
            ))
          ),
        )}
      </DataTable>
    </Section>
  );
}

function usePortsCsv(views: readonly WorkloadView[]): CsvExport {
  const t = useMeshTranslation();
  return {
    name: 'mesh-mtls-ports',
    header: [
      'cluster',
      'namespace',
      'workload',
      'port',
      'protocol',
      'accepts',
      'term',
      'reason',
      'known clients',
      'verdict',
    ],
    rows: views.flatMap(({ mtls, observed: seen }) =>
      mtls.ports.map(({ port, protocol, accepts, verdict }) => [
        mtls.workload.cluster,
        mtls.workload.namespace,
        mtls.workload.name,
        port,
        protocol,
        t(`mtls.accepts.${accepts.value}`),
        accepts.term,
        accepts.reasons[0]?.text,
        clientRows(mtls, seen).filter(row => !row.class).length,
        t(`verdict.${verdict.value}`),
      ]),
    ),
  };
}
