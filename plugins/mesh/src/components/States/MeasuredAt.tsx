import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useMemo } from 'react';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { Ago } from './Ago';

const useStyles = makeStyles(
  theme => ({ root: { color: subtleColor(theme) } }),
  { name: 'MeshMeasuredAt' },
);

/** Says when the stores were asked for what is shown. */
export function MeasuredAt(props: { measuredAt: string }) {
  const t = useMeshTranslation();
  const classes = useStyles();
  const moment = useMemo(() => new Date(props.measuredAt), [props.measuredAt]);
  return (
    <Typography variant="caption" className={classes.root}>
      {t('live.measured', { ago: <Ago key="ago" moment={moment} /> })}
    </Typography>
  );
}
