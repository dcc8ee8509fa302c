import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { TraceSummary } from 'backstage-plugin-mesh-common';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { toneColor } from '../../theme/tones';
import { Ago } from '../States/Ago';
import { StatusWord } from '../Status/StatusWord';
import { useMicroseconds } from './useMicroseconds';

const useStyles = makeStyles(
  theme => ({
    name: { fontWeight: 500, display: 'block' },
    number: { whiteSpace: 'nowrap' },
    bar: {
      height: 4,
      marginTop: theme.spacing(0.5),
      borderRadius: 2,
      background: toneColor(theme, 'info'),
      forcedColorAdjust: 'none',
    },
    services: { minWidth: 240 },
  }),
  { name: 'MeshTraceRow' },
);

/** A trace of the list; its name opens it. */
export function TraceRow(props: { trace: TraceSummary; longestUs: number }) {
  const { trace, longestUs } = props;
  const { root, services, hiddenSpans, failed } = trace;
  const t = useMeshTranslation();
  const format = useFormat();
  const microseconds = useMicroseconds();
  const classes = useStyles();
  const [params] = useSearchParams();
  const link = new URLSearchParams(params);
  link.set('trace', trace.traceId);
  const started = useMemo(() => new Date(trace.startedAt), [trace.startedAt]);
  return (
    <TableRow>
      <TableCell component="th" scope="row" role="rowheader" data-column="root">
        <Link to={`?${link}`} className={classes.name}>
          {root ? root.service : t('traces.list.hiddenRoot')}
        </Link>
        {root?.name}
      </TableCell>
      <TableCell className={classes.number}>
        {microseconds(trace.durationUs)}
        <div
          className={classes.bar}
          style={{ width: `${(trace.durationUs / longestUs) * 100}%` }}
          aria-hidden
        />
      </TableCell>
      <TableCell className={classes.number}>
        {failed > 0 ? (
          <StatusWord tone="bad">
            {t('traces.list.failed', { count: failed })}
          </StatusWord>
        ) : (
          t('traces.list.noErrors')
        )}
      </TableCell>
      <TableCell>{format.exactCount(trace.spans)}</TableCell>
      <TableCell className={classes.services}>
        {format.list(
          services.map(({ name, spans }) =>
            t('traces.list.service', { name, spans: format.exactCount(spans) }),
          ),
        )}
        {hiddenSpans > 0 && (
          <div>{t('traces.list.hidden', { count: hiddenSpans })}</div>
        )}
      </TableCell>
      <TableCell className={classes.number}>
        <Ago moment={started} />
      </TableCell>
    </TableRow>
  );
}
