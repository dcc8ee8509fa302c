import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../hooks/useFormat';
import { LoadedAnswer, useMeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { ClusterNotices } from '../States/ClusterNotices';
import { Disclosure } from '../States/Disclosure';
import { FreshnessClock } from '../States/FreshnessClock';
import { TabHeader } from '../States/TabHeader';
import { TabSkeleton } from '../States/TabSkeleton';
import { FleetFailure } from './FleetFailure';
import { servicesSentence } from './sentences';
import { ServicesSection } from './ServicesSection';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
    empty: { padding: theme.spacing(3) },
  }),
  { name: 'MeshServicesTab' },
);

/** The services of the catalog that run on the clusters, with their verdicts. */
export function ServicesTab() {
  const t = useMeshTranslation();
  const services = useMeshAnswer('fleetServices', { params: {}, query: {} });
  switch (services.status) {
    case 'loading':
      return (
        <TabSkeleton
          what={t('state.loading', { what: t('state.what.fleetServices') })}
          parts={[1, 12]}
        />
      );
    case 'loaded':
      return <LoadedServices answer={services} />;
    default:
      return <FleetFailure answer={services} what="fleetServices" />;
  }
}

function LoadedServices(props: { answer: LoadedAnswer<'fleetServices'> }) {
  const { answer } = props;
  const { services, clusters, clusterListProblem, withoutWorkloads } =
    answer.value;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {services.length > 0 && (
        <TabHeader
          {...headerOf(servicesSentence(t, format, services))}
          action={
            <FreshnessClock
              freshness={answer.freshness}
              onRefresh={answer.refresh}
            />
          }
        />
      )}
      <ClusterNotices clusters={clusters} listProblem={clusterListProblem} />
      <FleetFailure answer={answer} what="fleetServices" />
      {services.length === 0 ? (
        <Paper variant="outlined" className={classes.empty}>
          <Typography variant="h5" component="h2" gutterBottom>
            {t('fleet.services.empty')}
          </Typography>
          <Typography>{t('fleet.services.emptyHint')}</Typography>
        </Paper>
      ) : (
        <ServicesSection services={services} />
      )}
      {withoutWorkloads.length > 0 && (
        <Disclosure
          summary={t('fleet.services.without', {
            count: withoutWorkloads.length,
          })}
        >
          <Typography component="div">
            <EntityRefLinks entityRefs={withoutWorkloads} />
          </Typography>
        </Disclosure>
      )}
    </div>
  );
}

function headerOf({ sentence, tone }: ReturnType<typeof servicesSentence>) {
  return { sentence, appearance: { tone } };
}
