import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ObservedRoutingAnswer,
  RoutingAnswer,
} from 'backstage-plugin-mesh-common';
import { serviceKey, workloadKey, workloadLabel } from '../../format/refs';
import { LoadedAnswer, MeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { useUrlState } from '../../hooks/useUrlState';
import { MeshEntity } from '../EntityTab/EntityTab';
import { ClusterNotices } from '../States/ClusterNotices';
import { ScopeNotice } from '../States/ScopeNotice';
import { EntityFailure } from '../States/EntityFailure';
import { isComplete, NoWorkloads } from '../States/NoWorkloads';
import { Notice } from '../States/Notice';
import { RoutingHeader } from './RoutingHeader';
import { ServicePanel } from './ServicePanel';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(3), minWidth: 0 },
    list: { margin: 0, paddingLeft: theme.spacing(3) },
  }),
  { name: 'MeshLoadedRouting' },
);

/** The tab once the configuration's answer is there. What was observed fills in when it comes. */
export function LoadedRouting(
  props: MeshEntity & {
    routing: LoadedAnswer<'routing'>;
    observed: MeshAnswer<'observedRouting'>;
    windowSeconds: number;
  },
) {
  const { entity, params, selection, routing, observed, windowSeconds } = props;
  const { services, clusters, clusterListProblem, withoutService } =
    routing.value;
  const t = useMeshTranslation();
  const classes = useStyles();
  const written = useUrlState().get('service');
  const selected = services.find(
    ({ service }) => serviceKey(service) === written,
  );
  const seen = observed.status === 'loaded' ? observed.value : undefined;
  const shown = selected ? [selected] : services;
  const isEmpty = services.length === 0 && withoutService.length === 0;
  return (
    <div className={classes.root}>
      {!isEmpty && (
        <RoutingHeader
          routing={routing}
          shown={shown}
          selected={selected}
          places={placesOf(routing.value, seen)}
          windowSeconds={windowSeconds}
        />
      )}
      {written !== undefined && !selected && (
        <Typography role="status">
          {t('routing.service.unknown', { service: written })}
        </Typography>
      )}
      <ClusterNotices clusters={clusters} listProblem={clusterListProblem} />
      <ScopeNotice limit={routing.value.scopeLimit} />
      <EntityFailure entity={entity} answer={routing} what="routing" />
      {isEmpty && (
        <NoWorkloads
          selection={selection}
          clusters={clusters}
          isComplete={isComplete(routing.value)}
        />
      )}
      <EntityFailure entity={entity} answer={observed} what="observedRouting" />
      {shown.map(routes => (
        <ServicePanel
          key={serviceKey(routes.service)}
          routes={routes}
          isOneOfMany={shown.length > 1}
          answer={observed}
          observed={seen?.services.find(
            ({ service }) => serviceKey(service) === serviceKey(routes.service),
          )}
          windowSeconds={windowSeconds}
          params={params}
          clients={callersOf(seen)}
        />
      ))}
      {withoutService.length > 0 && (
        <Notice
          tone="neutral"
          title={t('routing.service.without', {
            count: withoutService.length,
          })}
        >
          <ul className={classes.list}>
            {withoutService.map(workload => (
              <li key={workloadKey(workload)}>
                {workload.kind} {workload.namespace}/{workloadLabel(workload)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

/** Places that are worth a look: the namespaces of the Services, and the callers that were seen. */
function placesOf(
  routing: RoutingAnswer,
  observed: ObservedRoutingAnswer | undefined,
): string[] {
  const namespaces = routing.services.map(({ service }) => service.namespace);
  return [...new Set([...namespaces, ...callersOf(observed)])].sort();
}

/** The callers that were seen. */
function callersOf(observed: ObservedRoutingAnswer | undefined): string[] {
  const callers = (observed?.services ?? []).flatMap(({ splits }) =>
    splits.flatMap(({ caller }) =>
      caller ? [`${caller.namespace}/${caller.kind}/${caller.name}`] : [],
    ),
  );
  return [...new Set(callers)].sort();
}
