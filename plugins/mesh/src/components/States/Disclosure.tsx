import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    summary: {
      cursor: 'pointer',
      borderRadius: theme.shape.borderRadius,
      padding: theme.spacing(0.5, 0),
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 2,
      },
    },
  }),
  { name: 'MeshDisclosure' },
);

/** Details that open below their summary. */
export function Disclosure(props: {
  summary: ReactNode;
  initiallyOpen?: boolean;
  children: ReactNode;
}) {
  const classes = useStyles();
  return (
    <details open={props.initiallyOpen}>
      <summary className={classes.summary}>{props.summary}</summary>
      {props.children}
    </details>
  );
}
