import { makeStyles } from '@material-ui/core/styles';
import TableRow from '@material-ui/core/TableRow';
import { ReactNode } from 'react';
import { useChanged } from '../../hooks/useChanged';
import { markedBackground } from '../../theme/tones';

const useStyles = makeStyles(
  theme => ({
    '@keyframes fade': {
      from: { backgroundColor: markedBackground(theme) },
      to: { backgroundColor: 'transparent' },
    },
    changed: {
      boxShadow: `inset 4px 0 0 ${theme.palette.primary.main}`,
      animation: '$fade 4s ease-out',
      '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
    },
  }),
  { name: 'MeshMarkedRow' },
);

/** A row that is marked for a moment when what it shows changes. */
export function MarkedRow(props: { shown: string; children: ReactNode }) {
  const classes = useStyles();
  const changed = useChanged(props.shown);
  return (
    <TableRow
      className={changed ? classes.changed : undefined}
      data-changed={changed || undefined}
    >
      {props.children}
    </TableRow>
  );
}
