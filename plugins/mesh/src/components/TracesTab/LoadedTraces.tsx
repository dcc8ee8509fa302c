import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import { LoadedAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { MeshEntity } from '../EntityTab/EntityTab';
import { ClusterNotices } from '../States/ClusterNotices';
import { EntityFailure } from '../States/EntityFailure';
import { isComplete, NoWorkloads } from '../States/NoWorkloads';
import { NoTraces } from './NoTraces';
import { StoreNotices } from './StoreNotices';
import { TraceFilter } from './traceFilter';
import { TraceFilters } from './TraceFilters';
import { TraceList } from './TraceList';
import { TracesHeader } from './TracesHeader';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(3), minWidth: 0 },
  }),
  { name: 'MeshLoadedTraces' },
);

/** The search once its answer is there. */
export function LoadedTraces(
  props: MeshEntity & {
    traces: LoadedAnswer<'traces'>;
    filter: TraceFilter;
    /** What is shown is still that of another filter. */
    isSearching?: boolean;
  },
) {
  const { entity, params, selection, traces, filter, isSearching } = props;
  const t = useMeshTranslation();
  const { value } = traces;
  const { clusters, clusterListProblem, stores, withoutStore } = value;
  const classes = useStyles();
  const runsNowhere = stores.length === 0 && withoutStore.length === 0;
  return (
    <div className={classes.root}>
      {!runsNowhere && <TracesHeader traces={traces} />}
      <ClusterNotices clusters={clusters} listProblem={clusterListProblem} />
      <EntityFailure entity={entity} answer={traces} what="traces" />
      <StoreNotices stores={stores} withoutStore={withoutStore} />
      {runsNowhere && (
        <NoWorkloads
          selection={selection}
          clusters={clusters}
          isComplete={isComplete(value)}
        />
      )}
      {stores.length > 0 && (
        <>
          <TraceFilters
            params={params}
            filter={filter}
            services={value.services}
          />
          {isSearching && (
            <LinearProgress
              aria-label={t('state.loading', { what: t('state.what.traces') })}
            />
          )}
          {value.traces.length > 0 && <TraceList answer={value} />}
          {value.traces.length === 0 &&
            stores.every(({ status }) => status === 'answered') && (
              <NoTraces answer={value} filter={filter} />
            )}
        </>
      )}
    </div>
  );
}
