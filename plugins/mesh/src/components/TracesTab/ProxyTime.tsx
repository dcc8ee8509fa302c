import Typography from '@material-ui/core/Typography';
import { Trace } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { useMicroseconds } from './useMicroseconds';

/** How much of the critical path proxies took, and of how much that is not known. */
export function ProxyTime({ trace }: { trace: Trace }) {
  const { durationUs, measured, unmeasured } = trace.proxyTime;
  const t = useMeshTranslation();
  const format = useFormat();
  const microseconds = useMicroseconds();
  const critical = trace.rows
    .flatMap(row => row.critical)
    .reduce((sum, part) => sum + part.durationUs, 0);
  if (measured === 0) {
    return (
      <Typography variant="body2">
        {t('traces.trace.proxyNone', {
          reason: t(
            unmeasured > 0
              ? 'traces.trace.proxyUnmeasured'
              : 'traces.trace.proxyNoSpans',
          ),
        })}
      </Typography>
    );
  }
  return (
    <Typography variant="body2">
      {t('traces.trace.proxyTime', {
        duration: microseconds(durationUs),
        percent: format.percent((durationUs / Math.max(critical, 1)) * 100),
        spans: format.exactCount(measured),
      })}{' '}
      {unmeasured > 0 && t('traces.trace.proxyUnknown', { count: unmeasured })}
    </Typography>
  );
}
