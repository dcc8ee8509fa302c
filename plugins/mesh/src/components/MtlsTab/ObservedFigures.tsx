import { makeStyles } from '@material-ui/core/styles';
import { Observation, ObservedTraffic } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { ShareBar } from '../Status/ShareBar';
import { StatusWord } from '../Status/StatusWord';
import { trafficShares } from './traffic';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(0.5), minWidth: 120 },
    subtle: { color: subtleColor(theme) },
  }),
  { name: 'MeshObservedFigures' },
);

/** What was seen: the share of mTLS with the count it comes from; or that there was nothing, or no measurement. */
export function ObservedFigures(props: { observation: Observation }) {
  const { state, cause, message, traffic } = props.observation;
  const t = useMeshTranslation();
  const classes = useStyles();
  if (state === 'measured' && traffic) {
    return <TrafficFigures traffic={traffic} />;
  }
  if (state === 'no-traffic') {
    return (
      <span className={classes.subtle}>{t('mtls.observed.noTraffic')}</span>
    );
  }
  return (
    <div className={classes.root}>
      <StatusWord tone="neutral">
        {cause === undefined || cause === 'not-measured'
          ? t('mtls.observed.notMeasured')
          : `${t('mtls.observed.notMeasured')}: ${t(`cause.${cause}`)}`}
      </StatusWord>
      {message && <span className={classes.subtle}>{message}</span>}
    </div>
  );
}

/** Traffic by how it came, with counts. */
export function TrafficFigures({ traffic }: { traffic: ObservedTraffic }) {
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const { total, mtls, plaintext, unknown } = trafficShares(traffic);
  if (mtls === undefined) {
    return (
      <span className={classes.subtle}>{t('mtls.observed.noTraffic')}</span>
    );
  }
  const unit = t(`mtls.observed.${traffic.unit}`);
  const share = (value: number | undefined) => format.percent(value ?? 0);
  return (
    <div className={classes.root}>
      <span>
        <strong>{t('mtls.observed.mtls', { percent: share(mtls) })}</strong>{' '}
        <span
          className={classes.subtle}
          title={`${format.exactCount(traffic.mtls)} / ${format.exactCount(
            total,
          )}`}
        >
          {t('mtls.observed.of', {
            part: format.count(traffic.mtls),
            total: format.count(total),
            unit,
          })}
        </span>
      </span>
      <ShareBar
        label={t('mtls.observed.bar', {
          mtls: share(mtls),
          plaintext: share(plaintext),
          unknown: share(unknown),
        })}
        parts={[
          { key: 'mtls', share: mtls, tone: 'good' },
          { key: 'plaintext', share: plaintext ?? 0, tone: 'bad' },
          { key: 'unknown', share: unknown ?? 0, tone: 'neutral' },
        ]}
      />
      {traffic.plaintext > 0 && (
        <StatusWord tone="bad">
          {t('mtls.observed.plaintext', {
            amount: format.count(traffic.plaintext),
            unit,
          })}
        </StatusWord>
      )}
      {traffic.unknown > 0 && (
        <span className={classes.subtle}>
          {t('mtls.observed.unknown', {
            amount: format.count(traffic.unknown),
            unit,
          })}
        </span>
      )}
    </div>
  );
}
