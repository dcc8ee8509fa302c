import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({ root: { ...theme.typography.body2, lineHeight: 1.5 } }),
  { name: 'MeshPageRoot' },
);

/** Text that stands in no paragraph of its own looks the same on all pages, whatever is around them. */
export function PageRoot(props: { children: ReactNode }) {
  const classes = useStyles();
  return (
    <div className={classes.root} data-mesh-page>
      {props.children}
    </div>
  );
}
