import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { LoadedAnswer, useMeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { ClusterNotices } from '../States/ClusterNotices';
import { FreshnessClock } from '../States/FreshnessClock';
import { TabHeader } from '../States/TabHeader';
import { TabSkeleton } from '../States/TabSkeleton';
import { ChecklistSection } from './ChecklistSection';
import { FleetFailure } from './FleetFailure';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
    empty: { padding: theme.spacing(3) },
  }),
  { name: 'MeshChecklistTab' },
);

/** The checklists of all services, section by section. */
export function ChecklistTab() {
  const t = useMeshTranslation();
  const answer = useMeshAnswer('fleetReadiness', { params: {}, query: {} });
  switch (answer.status) {
    case 'loading':
      return (
        <TabSkeleton
          what={t('state.loading', { what: t('state.what.fleetReadiness') })}
          parts={[1, 12]}
        />
      );
    case 'loaded':
      return <LoadedChecklists answer={answer} />;
    default:
      return <FleetFailure answer={answer} what="fleetReadiness" />;
  }
}

function LoadedChecklists(props: { answer: LoadedAnswer<'fleetReadiness'> }) {
  const { answer } = props;
  const { entities, clusters, clusterListProblem } = answer.value;
  const t = useMeshTranslation();
  const classes = useStyles();
  const failing = entities.filter(({ counts }) => counts.fail > 0).length;
  return (
    <div className={classes.root}>
      {entities.length > 0 && (
        <TabHeader
          appearance={{ tone: failing > 0 ? 'bad' : 'info' }}
          sentence={t('readiness.fleet.sentence', {
            failing: String(failing),
            total: String(entities.length),
          })}
          action={
            <FreshnessClock
              freshness={answer.freshness}
              onRefresh={answer.refresh}
            />
          }
        >
          <Typography>{t('readiness.fleet.legend')}</Typography>
        </TabHeader>
      )}
      <ClusterNotices clusters={clusters} listProblem={clusterListProblem} />
      <FleetFailure answer={answer} what="fleetReadiness" />
      {entities.length === 0 ? (
        <Paper variant="outlined" className={classes.empty}>
          <Typography variant="h5" component="h2" gutterBottom>
            {t('readiness.fleet.empty')}
          </Typography>
          <Typography>{t('readiness.fleet.emptyHint')}</Typography>
        </Paper>
      ) : (
        <ChecklistSection answer={answer.value} />
      )}
    </div>
  );
}
