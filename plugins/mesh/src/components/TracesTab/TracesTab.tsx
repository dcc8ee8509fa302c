import { makeStyles } from '@material-ui/core/styles';
import { useRef } from 'react';
import { LoadedAnswer, useMeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { useUrlState } from '../../hooks/useUrlState';
import { EntityTab, MeshEntity } from '../EntityTab/EntityTab';
import { EntityFailure } from '../States/EntityFailure';
import { TabSkeleton } from '../States/TabSkeleton';
import { LoadedTraces } from './LoadedTraces';
import { TracePage } from './TracePage';
import { isNarrowed, traceFilterOf, traceQueryOf } from './traceFilter';
import { TraceFilters } from './TraceFilters';

const useStyles = makeStyles(
  theme => ({ root: { display: 'grid', gap: theme.spacing(3), minWidth: 0 } }),
  { name: 'MeshTracesTab' },
);

/** The tab of an entity that says what happened to single requests: a search, and each trace as a waterfall. */
export function TracesTab() {
  return <EntityTab>{entity => <TracesContent {...entity} />}</EntityTab>;
}

function TracesContent(props: MeshEntity) {
  const traceId = useUrlState().get('trace');
  const hadList = useRef(false);
  if (traceId === undefined) {
    hadList.current = true;
  }
  return traceId === undefined ? (
    <TraceSearch {...props} />
  ) : (
    <TracePage {...props} traceId={traceId} isOpened={hadList.current} />
  );
}

/** The fields stay where the search is refused: what they say may be why. */
function TraceSearch(props: MeshEntity) {
  const { entity, params } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const filter = traceFilterOf(useUrlState());
  const traces = useMeshAnswer('traces', {
    params: { ...params },
    query: traceQueryOf(filter),
  });
  // While the next answer is on its way, the last one keeps the fields and the focus in their place.
  const last = useRef<LoadedAnswer<'traces'>>();
  if (traces.status === 'loaded') {
    last.current = traces;
  }
  switch (traces.status) {
    case 'loading':
      return last.current ? (
        <LoadedTraces
          {...props}
          traces={last.current}
          filter={filter}
          isSearching
        />
      ) : (
        <TabSkeleton
          what={t('state.loading', { what: t('state.what.traces') })}
          parts={[1, 2, 6]}
        />
      );
    case 'loaded':
      return <LoadedTraces {...props} traces={traces} filter={filter} />;
    default:
      return (
        <div className={classes.root}>
          <EntityFailure entity={entity} answer={traces} what="traces" />
          {(traces.status === 'error' || isNarrowed(filter)) && (
            <TraceFilters
              params={params}
              filter={filter}
              services={last.current?.value.services ?? []}
            />
          )}
        </div>
      );
  }
}
