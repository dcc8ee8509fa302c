import { makeStyles } from '@material-ui/core/styles';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import ChevronRightIcon from '@material-ui/icons/ChevronRight';
import { Trace } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { markedBackground, subtleColor } from '../../theme/tones';
import { SpanBar } from './SpanBar';
import { SpanMarks } from './SpanMarks';
import { useMicroseconds } from './useMicroseconds';
import { WaterfallState } from './useWaterfall';

const INDENT = 14;
/** Deeper spans are not drawn further to the right: their names would have no place. */
const MAX_INDENT = 16;

const useStyles = makeStyles(
  theme => ({
    row: {
      cursor: 'pointer',
      borderBottom: `1px solid ${theme.palette.divider}`,
      '& td': { padding: theme.spacing(0.25, 1), verticalAlign: 'middle' },
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
    },
    open: {
      background: markedBackground(theme),
      '&:hover': { background: markedBackground(theme) },
    },
    name: { display: 'flex', alignItems: 'center', minWidth: 0 },
    toggle: { display: 'inline-flex', width: 24, flexShrink: 0 },
    text: {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      userSelect: 'text',
    },
    service: { fontWeight: 500 },
    operation: { color: subtleColor(theme) },
    duration: { whiteSpace: 'nowrap', textAlign: 'right' },
  }),
  { name: 'MeshSpanRow' },
);

/** One span: whose it is, what it did, how long, and when. */
export function SpanRow(props: {
  trace: Trace;
  index: number;
  state: WaterfallState;
}) {
  const { trace, index, state } = props;
  const row = trace.rows[index];
  const { service } = trace.processes[row.process];
  const t = useMeshTranslation();
  const microseconds = useMicroseconds();
  const classes = useStyles();
  const isBranch = row.descendants > 0;
  const isClosed = state.view.closed.has(index);
  const isOpen = state.open === index;
  const Icon = isClosed ? ChevronRightIcon : ExpandMoreIcon;
  return (
    // The keys of all rows are handled by their tree.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr
      ref={state.rowRef(index)}
      role="row"
      aria-level={row.level + 1}
      aria-selected={isOpen}
      {...(isBranch && { 'aria-expanded': !isClosed })}
      tabIndex={state.active === index ? 0 : -1}
      className={`${classes.row} ${isOpen ? classes.open : ''}`}
      onFocus={() => state.setActive(index)}
      onClick={() => state.setOpen(isOpen ? undefined : index)}
    >
      <td role="gridcell">
        <div
          className={classes.name}
          style={{ paddingLeft: Math.min(row.level, MAX_INDENT) * INDENT }}
        >
          <span className={classes.toggle}>
            {isBranch && (
              // By keyboard the row itself opens and closes.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
              <span
                data-toggle
                onClick={event => {
                  event.stopPropagation();
                  state.toggle(index);
                }}
              >
                <Icon fontSize="small" aria-hidden />
              </span>
            )}
          </span>
          <span
            className={classes.text}
            title={`${service ?? ''} ${row.name ?? ''}`}
          >
            <span className={classes.service}>
              {service ?? t('traces.waterfall.hidden')}
            </span>{' '}
            <span className={classes.operation}>{row.name}</span>
          </span>
        </div>
        <div
          style={{ paddingLeft: Math.min(row.level, MAX_INDENT) * INDENT + 24 }}
        >
          <SpanMarks row={row} isClosed={isClosed} />
        </div>
      </td>
      <td role="gridcell" className={classes.duration}>
        {microseconds(row.durationUs)}
      </td>
      <td role="gridcell">
        <SpanBar row={row} traceDurationUs={trace.durationUs} />
      </td>
    </tr>
  );
}
