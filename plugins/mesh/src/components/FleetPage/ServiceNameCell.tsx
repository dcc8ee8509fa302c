import { EntityRefLink } from '@backstage/plugin-catalog-react';
import TableCell from '@material-ui/core/TableCell';
import { ReactNode } from 'react';

/** The header of a row about an entity: its title, or else its name, and the way there. */
export function ServiceNameCell(props: {
  entityRef: string;
  title?: string;
  className: string;
  /** What is said of it below. */
  children?: ReactNode;
}) {
  const { entityRef, title, className, children } = props;
  return (
    <TableCell
      component="th"
      scope="row"
      role="rowheader"
      className={className}
    >
      {title ? (
        <EntityRefLink entityRef={entityRef}>{title}</EntityRefLink>
      ) : (
        <EntityRefLink entityRef={entityRef} defaultKind="component" />
      )}
      {children}
    </TableCell>
  );
}
