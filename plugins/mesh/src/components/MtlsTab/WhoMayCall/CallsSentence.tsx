import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { StatusWord } from '../../Status/StatusWord';
import { CallerRow } from './callerRows';
import { callsSentence } from './whoMaySentence';
import { driftOf } from './drift';

const useStyles = makeStyles(
  theme => ({ root: { padding: theme.spacing(0, 2, 1) } }),
  { name: 'MeshCallsSentence' },
);

/** Who may call in a sentence, and how many callers the catalog, the rules and the traffic disagree about. */
export function CallsSentence({ rows }: { rows: readonly CallerRow[] }) {
  const t = useMeshTranslation();
  const classes = useStyles();
  const drifting = rows.filter(row => driftOf(row) !== undefined).length;
  return (
    <div className={classes.root}>
      <Typography>{callsSentence(t, rows)}</Typography>
      {drifting > 0 && (
        <StatusWord tone="notice">
          {t('callers.drift.count', { count: drifting })}
        </StatusWord>
      )}
    </div>
  );
}
