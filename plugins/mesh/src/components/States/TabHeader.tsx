import { makeStyles } from '@material-ui/core/styles';
import SvgIcon from '@material-ui/core/SvgIcon';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useEffect, useRef } from 'react';
import { Tone, toneColor } from '../../theme/tones';
import { TONE_ICONS } from '../Status/icons';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      alignItems: 'flex-start',
      gap: theme.spacing(2),
    },
    text: { flex: '1 1 400px', minWidth: 0, overflowWrap: 'anywhere' },
    sentence: {
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
    },
    icon: {
      flexShrink: 0,
      fontSize: '1.3em',
      color: ({ tone }: { tone: Tone }) => toneColor(theme, tone),
    },
    action: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 2),
    },
  }),
  { name: 'MeshTabHeader' },
);

/** The answer of a page as a sentence, said to listeners when it changes. */
export function TabHeader(props: {
  appearance: { tone: Tone; icon?: typeof SvgIcon };
  sentence: string;
  action: ReactNode;
  /** Whether it takes the focus when it appears, as the page that it heads came in place of what had it. */
  takesFocus?: boolean;
  children?: ReactNode;
}) {
  const { appearance, sentence, action, takesFocus, children } = props;
  const { tone, icon: Icon = TONE_ICONS[tone] } = appearance;
  const classes = useStyles({ tone });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) {
      heading.current?.focus();
    }
  }, [takesFocus]);
  return (
    <div className={classes.root}>
      <div className={classes.text}>
        <div aria-live="polite">
          <Typography
            ref={heading}
            variant="h5"
            component="h2"
            className={classes.sentence}
            tabIndex={takesFocus ? -1 : undefined}
          >
            <Icon className={classes.icon} aria-hidden />
            <span>{sentence}</span>
          </Typography>
        </div>
        {children}
      </div>
      <div className={classes.action}>{action}</div>
    </div>
  );
}
