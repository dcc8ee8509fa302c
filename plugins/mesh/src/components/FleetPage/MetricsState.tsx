import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { MeasuredAt } from '../States/MeasuredAt';
import { Skeleton } from '../States/Skeleton';
import { NamesInText } from '../Status/NamesInText';
import { StatusWord } from '../Status/StatusWord';
import { MetricsOfMesh } from './metricsOfMesh';

/** Which metrics store was asked and when, or why nothing is known from there. */
export function MetricsState({ metrics }: { metrics: MetricsOfMesh }) {
  const t = useMeshTranslation();
  switch (metrics.status) {
    case 'loading':
      return (
        <Skeleton
          lines={1}
          label={t('controlPlane.certificates.metrics.loading')}
        />
      );
    case 'unknown':
      return (
        <div>
          <StatusWord tone="neutral" icon={HelpOutlineIcon}>
            {t('controlPlane.certificates.metrics.unknown')}
          </StatusWord>{' '}
          <NamesInText text={metrics.message} />
        </div>
      );
    case 'measured':
      return (
        <div>
          {t('controlPlane.certificates.metrics.store', {
            store: metrics.observed.store ?? '',
          })}{' '}
          <MeasuredAt measuredAt={metrics.measuredAt} />
          {metrics.failure && (
            <div>
              <StatusWord tone="notice">
                {t('state.refreshFailed.title')}
              </StatusWord>{' '}
              {metrics.failure}
            </div>
          )}
        </div>
      );
    default:
      return null;
  }
}
