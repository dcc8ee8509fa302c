import { makeStyles } from '@material-ui/core/styles';
import { Tone, toneColor } from '../../theme/tones';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      gap: 2,
      height: 8,
      minWidth: 64,
      overflow: 'hidden',
      borderRadius: 4,
      background: theme.palette.divider,
      // Printed and in high contrast, the bar still shows.
      forcedColorAdjust: 'none',
    },
  }),
  { name: 'MeshShareBar' },
);

/** Shares of 0 to 100 as a bar. The label says the same in words. */
export function ShareBar(props: {
  label: string;
  parts: readonly { key: string; share: number; tone: Tone }[];
}) {
  const classes = useStyles();
  return (
    <div className={classes.root} role="img" aria-label={props.label}>
      {props.parts
        .filter(({ share }) => share > 0)
        .map(({ key, share, tone }) => (
          <BarPart key={key} share={share} tone={tone} />
        ))}
    </div>
  );
}

const usePartStyles = makeStyles(
  theme => ({
    root: {
      minWidth: 3,
      background: ({ tone }: { tone: Tone }) => toneColor(theme, tone),
    },
  }),
  { name: 'MeshShareBarPart' },
);

function BarPart(props: { share: number; tone: Tone }) {
  const classes = usePartStyles({ tone: props.tone });
  return (
    <div className={classes.root} style={{ flexBasis: `${props.share}%` }} />
  );
}
