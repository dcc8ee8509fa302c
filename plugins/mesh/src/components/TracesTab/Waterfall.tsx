import { makeStyles } from '@material-ui/core/styles';
import Button from '@material-ui/core/Button';
import { Trace } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { Section } from '../DataTable/Section';
import { SpanDetails } from './SpanDetails';
import { SpanTree } from './SpanTree';
import { useWaterfall } from './useWaterfall';
import { WaterfallTools } from './WaterfallTools';

const useStyles = makeStyles(
  theme => ({
    columns: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(2),
    },
    withDetails: {
      [theme.breakpoints.up('lg')]: {
        gridTemplateColumns: 'minmax(0, 1fr) 300px',
      },
    },
    more: { padding: theme.spacing(1, 2) },
  }),
  { name: 'MeshWaterfall' },
);

/** The spans of a trace over time, and the details of one. */
export function Waterfall({ trace }: { trace: Trace }) {
  const t = useMeshTranslation();
  const classes = useStyles();
  const state = useWaterfall(trace);
  const { open, undrawn } = state;
  return (
    <Section
      id="trace-spans"
      title={t('traces.waterfall.title')}
      action={<WaterfallTools trace={trace} state={state} />}
    >
      <div
        className={`${classes.columns} ${
          open === undefined ? '' : classes.withDetails
        }`}
      >
        <div>
          <SpanTree trace={trace} state={state} />
          {undrawn > 0 && (
            <div className={classes.more}>
              <Button size="small" variant="outlined" onClick={state.drawMore}>
                {t('traces.waterfall.more', { count: undrawn })}
              </Button>
            </div>
          )}
        </div>
        {open !== undefined && (
          <SpanDetails
            row={trace.rows[open]}
            process={trace.processes[trace.rows[open].process]}
            onClose={() => state.setOpen(undefined)}
          />
        )}
      </div>
    </Section>
  );
}
