import { makeStyles } from '@material-ui/core/styles';
import { Trace } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { SpanRow } from './SpanRow';
import { useMicroseconds } from './useMicroseconds';
import { WaterfallState } from './useWaterfall';

const TICKS = [0, 0.25, 0.5, 0.75];

const useStyles = makeStyles(
  theme => ({
    scroll: { overflowX: 'auto' },
    table: {
      width: '100%',
      minWidth: 560,
      tableLayout: 'fixed',
      borderCollapse: 'collapse',
      '& th': {
        textAlign: 'left',
        fontWeight: 500,
        padding: theme.spacing(0.5, 1),
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
    },
    name: { width: '40%' },
    duration: { width: 88 },
    ticks: {
      display: 'grid',
      gridTemplateColumns: `repeat(${TICKS.length}, 1fr)`,
      color: subtleColor(theme),
      fontWeight: 400,
    },
    tick: {
      borderLeft: `1px solid ${theme.palette.divider}`,
      paddingLeft: theme.spacing(0.5),
    },
  }),
  { name: 'MeshSpanTree' },
);

/** The spans as a tree with a bar each, moved through by arrow keys. */
export function SpanTree(props: { trace: Trace; state: WaterfallState }) {
  const { trace, state } = props;
  const t = useMeshTranslation();
  const microseconds = useMicroseconds();
  const classes = useStyles();
  return (
    <div className={classes.scroll}>
      <table
        // What a treegrid is made from is a table.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="treegrid"
        aria-label={t('traces.waterfall.caption')}
        className={classes.table}
        onKeyDown={state.onKeyDown}
      >
        <thead>
          <tr role="row">
            <th role="columnheader" scope="col" className={classes.name}>
              {t('traces.waterfall.span')}
            </th>
            <th role="columnheader" scope="col" className={classes.duration}>
              {t('traces.waterfall.duration')}
            </th>
            <th
              role="columnheader"
              scope="col"
              aria-label={t('traces.waterfall.timeline')}
            >
              <div className={classes.ticks}>
                {TICKS.map(share => (
                  <span key={share} className={classes.tick}>
                    {microseconds(share * trace.durationUs)}
                  </span>
                ))}
              </div>
            </th>
          </tr>
        </thead>
        <tbody>
          {state.drawn.map(index => (
            <SpanRow key={index} trace={trace} index={index} state={state} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
