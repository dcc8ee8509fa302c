import { makeStyles } from '@material-ui/core/styles';
import LinkOffIcon from '@material-ui/icons/LinkOff';
import MemoryIcon from '@material-ui/icons/Memory';
import SwapHorizIcon from '@material-ui/icons/SwapHoriz';
import ScheduleIcon from '@material-ui/icons/Schedule';
import { TraceSpan } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { StatusWord } from '../Status/StatusWord';
import { useMicroseconds } from './useMicroseconds';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1.5),
      fontSize: '0.8125rem',
    },
  }),
  { name: 'MeshSpanMarks' },
);

/** What stands out about a span, each as a word with an icon. */
export function SpanMarks(props: { row: TraceSpan; isClosed: boolean }) {
  const { row, isClosed } = props;
  const t = useMeshTranslation();
  const microseconds = useMicroseconds();
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <StatusWord
        tone="neutral"
        icon={row.role === 'proxy' ? SwapHorizIcon : MemoryIcon}
      >
        {t(`traces.waterfall.${row.role}`)}
      </StatusWord>
      {row.failed && (
        <StatusWord tone="bad">{t('traces.waterfall.failed')}</StatusWord>
      )}
      {row.isOrphan && (
        <StatusWord tone="notice" icon={LinkOffIcon}>
          {t('traces.waterfall.orphan')}
        </StatusWord>
      )}
      {row.skewUs !== 0 && (
        <StatusWord tone="notice" icon={ScheduleIcon}>
          {t('traces.waterfall.skew', {
            duration: microseconds(Math.abs(row.skewUs)),
          })}
        </StatusWord>
      )}
      {isClosed && (
        <span>{t('traces.waterfall.closed', { count: row.descendants })}</span>
      )}
    </div>
  );
}
