import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import { workloadLabel } from '../../format/refs';
import { subtleColor } from '../../theme/tones';
import { WorkloadView } from './workloadViews';

const useStyles = makeStyles(
  theme => ({
    name: { fontWeight: 500, whiteSpace: 'nowrap' },
    place: { color: subtleColor(theme), fontWeight: 400 },
  }),
  { name: 'MeshWorkloadCell' },
);

/** The workload as the header of its rows. */
export function WorkloadCell(props: { view: WorkloadView; rows: number }) {
  const { workload } = props.view.mtls;
  const classes = useStyles();
  return (
    <TableCell
      component="th"
      scope={props.rows > 1 ? 'rowgroup' : 'row'}
      rowSpan={props.rows}
      data-column="workload"
    >
      <div className={classes.name}>{workloadLabel(workload)}</div>
      <div className={classes.place}>
        {workload.kind} {workload.namespace}/{workload.name}
      </div>
    </TableCell>
  );
}
