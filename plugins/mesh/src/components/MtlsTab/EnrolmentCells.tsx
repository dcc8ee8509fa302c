import TableCell from '@material-ui/core/TableCell';
import { answerId, workloadLabel } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { explain } from '../Reasons/explain';
import { ReasonButton } from '../Reasons/ReasonButton';
import { StatusWord } from '../Status/StatusWord';
import { WorkloadView } from './workloadViews';

/** How the pods take part, what the configuration asks for, and how many of them do. */
export function EnrolmentCells(props: { view: WorkloadView }) {
  const { workload, enrolment } = props.view.mtls;
  const { expected, pods } = enrolment;
  const t = useMeshTranslation();
  const label = workloadLabel(workload);
  const mode = t(`mtls.enrolment.${enrolment.value}`);
  const differs = expected && expected.value !== enrolment.value;
  const asked = expected && t(`mtls.enrolment.${expected.value}`);
  return (
    <>
      <TableCell data-column="mode">
        <ReasonButton
          id={answerId('enrolment', props.view.key)}
          answer={explain(
            enrolment,
            `${t('mtls.workloads.mode')}: ${label}`,
            mode,
          )}
        >
          {mode}
        </ReasonButton>
        {enrolment.predicted && (
          <div>
            <StatusWord tone="info">{t('answer.predicted')}</StatusWord>
          </div>
        )}
      </TableCell>
      <TableCell data-column="configured">
        {!differs && t('mtls.enrolment.asConfigured')}
        {differs && (
          <ReasonButton
            id={answerId('expected', props.view.key)}
            answer={explain(
              expected,
              `${t('mtls.workloads.configured')}: ${label}`,
              asked,
            )}
          >
            <StatusWord tone="notice">
              {t('mtls.enrolment.expected', { mode: asked ?? '' })}
            </StatusWord>
          </ReasonButton>
        )}
      </TableCell>
      <TableCell data-column="inMesh">
        {pods.total === 0 && t('mtls.enrolment.noPods')}
        {pods.total > 0 && (
          <>
            <StatusWord tone={pods.inMesh === pods.total ? 'good' : 'notice'}>
              {t('mtls.enrolment.inMesh', {
                inMesh: String(pods.inMesh),
                total: String(pods.total),
              })}
            </StatusWord>
            <div>
              {t('mtls.enrolment.ready', {
                ready: String(pods.ready),
                total: String(pods.total),
              })}
            </div>
          </>
        )}
      </TableCell>
    </>
  );
}
