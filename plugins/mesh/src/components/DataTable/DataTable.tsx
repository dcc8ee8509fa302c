import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { ReactNode } from 'react';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { VisuallyHidden } from '../Status/VisuallyHidden';
import { moveInTable } from './tableKeys';

const useStyles = makeStyles(
  theme => ({
    container: {
      position: 'relative',
      overflowX: 'auto',
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
      },
    },
    table: {
      '& caption': { padding: 0 },
      '& thead th': {
        whiteSpace: 'nowrap',
        lineHeight: 1.5,
        padding: theme.spacing(1, 2),
      },
      // Cells span rows, so lines part the rows and not stripes. Names are not broken: the table scrolls.
      '& tbody tr:nth-of-type(n)': { backgroundColor: 'transparent' },
      '& tbody td, & tbody th': {
        borderBottom: `1px solid ${theme.palette.divider}`,
        lineHeight: 1.5,
        overflow: 'visible',
        padding: theme.spacing(1, 2),
        userSelect: 'text',
        verticalAlign: 'top',
        wordBreak: 'normal',
      },
    },
    dense: {
      '& thead th': {
        verticalAlign: 'bottom',
        padding: theme.spacing(1, 0.5),
      },
      '& tbody td, & tbody th': { padding: theme.spacing(1, 0.5) },
      '& thead th:first-child, & tbody th:first-child': {
        paddingLeft: theme.spacing(2),
      },
    },
  }),
  { name: 'MeshDataTable' },
);

/** A column of a table. */
export interface Column {
  key: string;
  title: ReactNode;
  sort?: 'ascending' | 'descending' | 'none';
}

/** A table that reads as one: with a caption, headers, and arrow keys that move among its controls. */
export function DataTable(props: {
  caption: string;
  columns: readonly Column[];
  /** For many columns with little in them. */
  dense?: boolean;
  children: ReactNode;
}) {
  const { caption, columns, dense = false, children } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  return (
    <div
      className={classes.container}
      role="region"
      aria-label={t('table.scroll', { caption })}
      // A region that scrolls must be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <Table
        size="small"
        className={dense ? `${classes.table} ${classes.dense}` : classes.table}
        onKeyDown={moveInTable}
      >
        <caption>
          <VisuallyHidden>{caption}</VisuallyHidden>
        </caption>
        <TableHead>
          <TableRow>
            {columns.map(({ key, title, sort }) => (
              <TableCell
                key={key}
                scope="col"
                data-column={key}
                {...(sort && { 'aria-sort': sort })}
              >
                {title}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>{children}</TableBody>
      </Table>
    </div>
  );
}
