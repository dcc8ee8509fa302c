import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Enrolment,
  isMachine,
  WorkloadMtls,
} from 'backstage-plugin-mesh-common';
import { workloadKey, workloadLabel } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { EnrolGuide, enrolGuides, meshTitle } from '../../meshes/enrolGuides';
import { Disclosure } from '../States/Disclosure';
import { YamlSnippet } from '../Reasons/YamlSnippet';
import { RestartAdvice } from './RestartAdvice';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(2, 2, 1) },
    guides: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(360px, 100%), 1fr))',
      gap: theme.spacing(2),
      padding: theme.spacing(1, 0),
    },
  }),
  { name: 'MeshEnrolAdvice' },
);

/**
 * How workloads that are in no mesh could be taken into one. Labels take no machine outside Kubernetes into a mesh: its proxy
 * is installed there.
 */
export function EnrolAdvice(props: { workloads: readonly WorkloadMtls[] }) {
  const workloads = props.workloads.filter(
    ({ workload }) => !isMachine(workload),
  );
  const t = useMeshTranslation();
  const classes = useStyles();
  return workloads.length === 0 ? null : (
    <div className={classes.root}>
      <Typography variant="subtitle1" component="h4">
        {t('state.enrol.title', { count: workloads.length })}
      </Typography>
      {workloads.map(({ workload, enrolment }) => (
        <Disclosure
          key={workloadKey(workload)}
          initiallyOpen={workloads.length === 1}
          summary={t('state.enrol.intro', {
            workload: workloadLabel(workload),
          })}
        >
          {isAskedFor(enrolment) ? (
            <RestartAdvice workload={workload} />
          ) : (
            <div className={classes.guides}>
              {enrolGuides(workload, enrolment.mesh).map(guide => (
                <Guide key={`${guide.mesh} ${guide.way}`} guide={guide} />
              ))}
            </div>
          )}
        </Disclosure>
      ))}
    </div>
  );
}

/** Whether new pods of it would be in a mesh as things are configured. */
function isAskedFor({ expected }: Enrolment): boolean {
  switch (expected?.value) {
    case 'sidecar':
    case 'native-sidecar':
    case 'ambient':
      return true;
    default:
      return false;
  }
}

function Guide({ guide }: { guide: EnrolGuide }) {
  const t = useMeshTranslation();
  const title = t(`state.enrol.${guide.way}`, { mesh: meshTitle(guide.mesh) });
  return (
    <div>
      <Typography variant="subtitle2" component="h5" gutterBottom>
        {title}
      </Typography>
      <YamlSnippet content={guide.change} label={title} />
      <Typography variant="body2">
        {guide.restart ? t('state.enrol.restart') : t('state.enrol.noRestart')}
      </Typography>
    </div>
  );
}
