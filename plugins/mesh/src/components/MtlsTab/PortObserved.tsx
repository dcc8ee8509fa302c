import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import { MeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { Skeleton } from '../States/Skeleton';
import { ObservedFigures } from './ObservedFigures';
import { WorkloadView } from './workloadViews';

const useStyles = makeStyles(
  theme => ({ subtle: { color: subtleColor(theme) }, cell: { minWidth: 160 } }),
  { name: 'MeshPortObserved' },
);

/**
 * What was seen at a port. Where the metric does not tell ports apart, one cell spans all ports of the
 * workload: a figure of the workload is not one of its ports.
 */
export function PortObserved(props: {
  view: WorkloadView;
  port: number;
  isFirst: boolean;
  answer: MeshAnswer<'observedMtls'>;
}) {
  const { view, port, isFirst, answer } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const { observed } = view;
  const ports = view.mtls.ports.length;
  if (observed?.level === 'port') {
    const own = observed.ports.find(entry => entry.port === port);
    return (
      <TableCell className={classes.cell} data-column="observed">
        <ObservedFigures
          observation={own?.observation ?? { state: 'no-traffic' }}
        />
      </TableCell>
    );
  }
  if (!isFirst) {
    return null;
  }
  return (
    <TableCell className={classes.cell} rowSpan={ports} data-column="observed">
      {observed && (
        <>
          <ObservedFigures observation={observed.total} />
          {ports > 1 && observed.total.state !== 'unknown' && (
            <div className={classes.subtle}>{t('mtls.observed.allPorts')}</div>
          )}
        </>
      )}
      {!observed && answer.status === 'loading' && <Skeleton lines={1} />}
      {!observed && answer.status !== 'loading' && (
        <span className={classes.subtle}>
          {answer.status === 'loaded'
            ? t('mtls.observed.notMeasured')
            : t('mtls.observed.failed')}
        </span>
      )}
    </TableCell>
  );
}
