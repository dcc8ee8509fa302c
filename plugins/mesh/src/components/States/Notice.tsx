import { makeStyles } from '@material-ui/core/styles';
import SvgIcon from '@material-ui/core/SvgIcon';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';
import { Tone, toneColor } from '../../theme/tones';
import { TONE_ICONS } from '../Status/icons';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1.5, 2),
      background: theme.palette.background.paper,
      border: `1px solid ${theme.palette.divider}`,
      borderLeft: ({ tone }: { tone: Tone }) =>
        `4px solid ${toneColor(theme, tone)}`,
      borderRadius: theme.shape.borderRadius,
    },
    icon: { color: ({ tone }: { tone: Tone }) => toneColor(theme, tone) },
    body: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
    title: { fontWeight: 700 },
  }),
  { name: 'MeshNotice' },
);

/** Something to know about a page or a part of it, with what to do. */
export function Notice(props: {
  tone: Tone;
  icon?: typeof SvgIcon;
  title: string;
  /** Said at once to those who listen to the page. */
  urgent?: boolean;
  action?: ReactNode;
  children?: ReactNode;
}) {
  const { tone, icon: Icon = TONE_ICONS[tone] } = props;
  const classes = useStyles({ tone });
  return (
    <div className={classes.root} role={props.urgent ? 'alert' : 'status'}>
      <Icon className={classes.icon} aria-hidden />
      <div className={classes.body}>
        <Typography className={classes.title}>{props.title}</Typography>
        {props.children && (
          <Typography component="div" variant="body2">
            {props.children}
          </Typography>
        )}
      </div>
      {props.action && <div>{props.action}</div>}
    </div>
  );
}
