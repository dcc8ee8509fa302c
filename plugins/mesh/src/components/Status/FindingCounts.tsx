import { makeStyles } from '@material-ui/core/styles';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { LEVELS } from './answerTones';
import { StatusWord } from './StatusWord';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 2),
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'MeshFindingCounts' },
);

/** How many findings there are of each level. */
export function FindingCounts(props: {
  counts: { error: number; warning: number; info: number };
}) {
  const { error, warning, info } = props.counts;
  const t = useMeshTranslation();
  const classes = useStyles();
  if (error + warning + info === 0) {
    return <>{t('level.none')}</>;
  }
  return (
    <span className={classes.root}>
      {error > 0 && (
        <StatusWord {...LEVELS.error}>
          {t('level.errors', { count: error })}
        </StatusWord>
      )}
      {warning > 0 && (
        <StatusWord {...LEVELS.warning}>
          {t('level.warnings', { count: warning })}
        </StatusWord>
      )}
      {info > 0 && (
        <StatusWord {...LEVELS.info}>
          {t('level.infos', { count: info })}
        </StatusWord>
      )}
    </span>
  );
}
