import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ObservedRoutes, ServiceRef } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { MeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { MeasuredAt } from '../States/MeasuredAt';
import { Skeleton } from '../States/Skeleton';
import { StatusWord } from '../Status/StatusWord';
import { SplitsTable } from './SplitsTable';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(2, 0, 1) },
    padded: { padding: theme.spacing(0, 2) },
  }),
  { name: 'MeshObservedSplits' },
);

/** Where the requests to a Service went, by caller; and whether that can be held against one rule. */
export function ObservedSplits(props: {
  service: ServiceRef;
  answer: MeshAnswer<'observedRouting'>;
  observed: ObservedRoutes | undefined;
  windowSeconds: number;
}) {
  const { service, answer, observed, windowSeconds } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Typography variant="subtitle1" component="h4" className={classes.padded}>
        {t('routing.observed.title', {
          window: format.duration(windowSeconds * 1000),
        })}
      </Typography>
      <div className={classes.padded}>
        {answer.status === 'loading' && (
          <Skeleton
            lines={2}
            label={t('state.loading', {
              what: t('state.what.observedRouting'),
            })}
          />
        )}
        {answer.status !== 'loading' && (
          <ObservedState
            observed={observed}
            failed={answer.status !== 'loaded'}
          />
        )}
      </div>
      {observed && observed.splits.length > 0 && (
        <SplitsTable service={service} splits={observed.splits} />
      )}
      {answer.status === 'loaded' && observed?.state === 'measured' && (
        <div className={classes.padded}>
          <MeasuredAt measuredAt={answer.value.measuredAt} />
        </div>
      )}
      {observed && observed.hiddenCallers > 0 && (
        <Typography variant="body2" className={classes.padded}>
          {t('routing.observed.hidden', { count: observed.hiddenCallers })}
        </Typography>
      )}
    </div>
  );
}

function ObservedState(props: {
  observed: ObservedRoutes | undefined;
  failed: boolean;
}) {
  const { observed, failed } = props;
  const t = useMeshTranslation();
  if (failed) {
    return <StatusWord tone="bad">{t('routing.observed.failed')}</StatusWord>;
  }
  if (!observed || observed.state === 'unknown') {
    return (
      <>
        <StatusWord tone="neutral">
          {t('routing.observed.notMeasured')}
          {observed?.cause &&
            observed.cause !== 'not-measured' &&
            `: ${t(`cause.${observed.cause}`)}`}
        </StatusWord>
        <div>{observed?.message}</div>
      </>
    );
  }
  if (observed.state === 'no-traffic') {
    return <>{t('routing.observed.noTraffic')}</>;
  }
  return observed.notAttributed ? (
    <StatusWord tone="info">
      {t('routing.observed.notAttributed', { text: observed.notAttributed })}
    </StatusWord>
  ) : null;
}
