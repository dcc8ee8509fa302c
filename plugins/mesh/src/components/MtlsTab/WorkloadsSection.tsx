import TableCell from '@material-ui/core/TableCell';
import { makeStyles } from '@material-ui/core/styles';
import { answerId, workloadLabel } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { meshTitle } from '../../meshes/enrolGuides';
import { DataTable } from '../DataTable/DataTable';
import { MarkedRow } from '../DataTable/MarkedRow';
import { Section } from '../DataTable/Section';
import { VerdictButton } from '../Reasons/VerdictButton';
import { EnrolAdvice } from './EnrolAdvice';
import { EnrolmentCells } from './EnrolmentCells';
import { WorkloadCell } from './WorkloadCell';
import { WorkloadView } from './workloadViews';

const COLUMNS = [
  'workload',
  'mesh',
  'mode',
  'configured',
  'inMesh',
  'identity',
  'verdict',
] as const;

const useStyles = makeStyles(
  { identity: { overflowWrap: 'anywhere', minWidth: 160 } },
  { name: 'MeshWorkloadsSection' },
);

/** How each workload takes part in a mesh, and how one that does not could. */
export function WorkloadsSection(props: { views: readonly WorkloadView[] }) {
  const { views } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  return (
    <Section id="workloads" title={t('mtls.workloads.title')}>
      <DataTable
        caption={t('mtls.workloads.caption')}
        columns={COLUMNS.map(key => ({
          key,
          title: t(`mtls.workloads.${key}`),
        }))}
      >
        {views.map(view => {
          const { enrolment, identity } = view.mtls;
          return (
            <MarkedRow
              key={view.key}
              shown={JSON.stringify([enrolment, view.verdict.value])}
            >
              <WorkloadCell view={view} rows={1} />
              <TableCell data-column="mesh">
                {enrolment.mesh
                  ? meshTitle(enrolment.mesh)
                  : t('mtls.workloads.noMesh')}
              </TableCell>
              <EnrolmentCells view={view} />
              <TableCell data-column="identity" className={classes.identity}>
                {identity ?? t('mtls.workloads.noIdentity')}
              </TableCell>
              <TableCell data-column="verdict">
                <VerdictButton
                  id={answerId('workload', view.key)}
                  verdict={view.verdict}
                  of={`${t('mtls.workloads.verdict')}: ${workloadLabel(
                    view.mtls.workload,
                  )}`}
                />
              </TableCell>
            </MarkedRow>
          );
        })}
      </DataTable>
      <EnrolAdvice
        workloads={views
          .map(view => view.mtls)
          .filter(({ enrolment }) => enrolment.value === 'none')}
      />
    </Section>
  );
}
