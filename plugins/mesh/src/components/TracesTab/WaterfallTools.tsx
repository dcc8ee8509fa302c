import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { Trace } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { useFieldStyles } from '../Fields/useFieldStyles';
import { WaterfallState } from './useWaterfall';
import { countMatches } from './visibleRows';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 2),
    },
  }),
  { name: 'MeshWaterfallTools' },
);

/** What is drawn of the tree. */
export function WaterfallTools(props: { trace: Trace; state: WaterfallState }) {
  const { trace, state } = props;
  const { criticalOnly, text } = state.view;
  const t = useMeshTranslation();
  const classes = useStyles();
  const field = useFieldStyles();
  return (
    <div className={classes.root}>
      <TextField
        id="mesh-trace-find"
        label={t('traces.waterfall.find')}
        value={text}
        variant="outlined"
        size="small"
        InputLabelProps={{ shrink: true, className: field.text }}
        onChange={event => state.setView({ text: event.target.value })}
      />
      <span role="status">
        {text.trim() !== '' &&
          t('traces.waterfall.found', { count: countMatches(trace, text) })}
      </span>
      <FormControlLabel
        control={
          <Checkbox
            color="primary"
            size="small"
            checked={criticalOnly}
            onChange={(_, checked) => state.setView({ criticalOnly: checked })}
          />
        }
        label={t('traces.waterfall.criticalOnly')}
      />
      <Button size="small" onClick={state.closeAll}>
        {t('traces.waterfall.collapseAll')}
      </Button>
      <Button size="small" onClick={() => state.setView({ closed: new Set() })}>
        {t('traces.waterfall.expandAll')}
      </Button>
    </div>
  );
}
