import { makeStyles } from '@material-ui/core/styles';
import SvgIcon from '@material-ui/core/SvgIcon';
import { ReactNode } from 'react';
import { Tone, toneColor } from '../../theme/tones';
import { TONE_ICONS } from './icons';

const useStyles = makeStyles(
  theme => ({
    // The icon hangs left of the text, which keeps the base line of what is around it.
    root: {
      position: 'relative',
      display: 'inline-block',
      paddingLeft: '1.75em',
      color: ({ tone }: { tone: Tone }) => toneColor(theme, tone),
      fontWeight: 500,
    },
    icon: {
      position: 'absolute',
      left: 0,
      top: '0.1em',
      fontSize: '1.3em',
    },
  }),
  { name: 'MeshStatusWord' },
);

/** A word with the icon and colour of its tone. The word says it all; icon and colour help to find it. */
export function StatusWord(props: {
  tone: Tone;
  icon?: typeof SvgIcon;
  children: ReactNode;
}) {
  const { tone, icon: Icon = TONE_ICONS[tone], children } = props;
  const classes = useStyles({ tone });
  return (
    <span className={classes.root}>
      <Icon className={classes.icon} aria-hidden />
      {children}
    </span>
  );
}
