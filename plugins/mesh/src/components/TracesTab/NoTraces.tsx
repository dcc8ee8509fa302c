import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import {
  TRACE_SERVICE_ANNOTATION,
  TracesAnswer,
} from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { isNarrowed, TraceFilter } from './traceFilter';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(3) },
    names: { overflowWrap: 'anywhere' },
  }),
  { name: 'MeshNoTraces' },
);

/** The stores answered and have nothing: what they were asked for, and what would change that. */
export function NoTraces(props: { answer: TracesAnswer; filter: TraceFilter }) {
  const { services, expectedServices } = props.answer;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  return (
    <Paper variant="outlined" className={classes.root}>
      <Typography variant="h5" component="h3" gutterBottom>
        {t('traces.empty.title')}
      </Typography>
      {isNarrowed(props.filter) && services.length > 0 ? (
        <Typography>{t('traces.empty.filtered')}</Typography>
      ) : (
        <>
          <Typography paragraph className={classes.names}>
            {t('traces.empty.names')} <code>{expectedServices.join(', ')}</code>
            .{' '}
            {services.length > 0
              ? t('traces.empty.known', { services: format.list(services) })
              : t('traces.empty.unknown')}
          </Typography>
          <Typography>
            {t('traces.empty.remedy', { annotation: TRACE_SERVICE_ANNOTATION })}
          </Typography>
        </>
      )}
    </Paper>
  );
}
