import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import RefreshIcon from '@material-ui/icons/Refresh';
import { useEffect, useState } from 'react';
import { Freshness } from '../../hooks/AnswerSource';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { Ago } from './Ago';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      alignItems: 'center',
      color: subtleColor(theme),
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'MeshFreshnessClock' },
);

/** Says how old the picture is. It moves on by itself, so that an unchanged answer renders nothing else. */
export function FreshnessClock(props: {
  freshness: Freshness;
  onRefresh(): void;
}) {
  const { freshness, onRefresh } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const [checkedAt, setCheckedAt] = useState(() => freshness.checkedAt());
  useEffect(() => {
    setCheckedAt(freshness.checkedAt());
    return freshness.subscribe(() => setCheckedAt(freshness.checkedAt()));
  }, [freshness]);
  return (
    <Typography variant="body2" component="div" className={classes.root}>
      <span>
        {t('live.checked', { ago: <Ago key="ago" moment={checkedAt} /> })}
      </span>
      <IconButton
        size="small"
        aria-label={t('live.refresh')}
        title={t('live.refresh')}
        onClick={onRefresh}
      >
        <RefreshIcon fontSize="small" />
      </IconButton>
    </Typography>
  );
}
