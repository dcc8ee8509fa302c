import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { ObservedRoutes, ServiceRoutes } from 'backstage-plugin-mesh-common';
import {
  answerId,
  serviceKey,
  serviceLabel,
  serviceName,
} from '../../format/refs';
import { useFormat } from '../../hooks/useFormat';
import { MeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { meshTitle } from '../../meshes/enrolGuides';
import { subtleColor } from '../../theme/tones';
import { MeshEntity } from '../EntityTab/EntityTab';
import { StatusWord } from '../Status/StatusWord';
import { CanarySection } from './Canary/CanarySection';
import { GatewayRoutes } from './GatewayRoutes';
import { ObservedSplits } from './ObservedSplits';
import { PortPanel } from './PortPanel';
import { routingSentence } from './sentence';
import { TryRequest } from './TryRequest/TryRequest';

const useStyles = makeStyles(
  theme => ({
    root: { minWidth: 0 },
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 2),
      padding: theme.spacing(2, 2, 0),
    },
    sentence: { padding: theme.spacing(0.5, 2, 0) },
    subtle: { color: subtleColor(theme) },
  }),
  { name: 'MeshServicePanel' },
);

/** The effective routes of one Service, port by port, and where its requests went. */
export function ServicePanel(props: {
  routes: ServiceRoutes;
  /** Its sentence is that of the whole tab where it stands alone. */
  isOneOfMany: boolean;
  answer: MeshAnswer<'observedRouting'>;
  observed: ObservedRoutes | undefined;
  windowSeconds: number;
  params: MeshEntity['params'];
  /** Workloads that call it, as namespace/kind/name. */
  clients: readonly string[];
}) {
  const { routes, isOneOfMany, answer, observed, windowSeconds } = props;
  const { service, host, mesh, waypoint, seenFrom } = routes;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const key = serviceKey(service);
  const heading = `mesh-service-${encodeURIComponent(key)}`;
  const { sentence, tone } = routingSentence(t, format, routes);
  return (
    <Paper
      component="section"
      variant="outlined"
      className={classes.root}
      aria-labelledby={heading}
    >
      <div className={classes.header}>
        <Typography variant="h6" component="h3" id={heading}>
          {serviceName(service)}
        </Typography>
        <span>
          {t('routing.service.cluster', { cluster: service.cluster })}
        </span>
        <span>{mesh ? meshTitle(mesh) : t('routing.service.noMesh')}</span>
        {waypoint && <span>{t('routing.service.waypoint', { waypoint })}</span>}
        {host !== serviceName(service) && (
          <span className={classes.subtle}>{host}</span>
        )}
        <span className={classes.subtle}>
          {t('routing.from.seen', {
            place: seenFrom.workload
              ? `${seenFrom.workload.kind} ${seenFrom.namespace}/${seenFrom.workload.name}`
              : t('routing.from.namespace', {
                  namespace: seenFrom.namespace,
                }),
          })}
        </span>
      </div>
      {isOneOfMany && (
        <div className={classes.sentence}>
          <StatusWord tone={tone}>{sentence}</StatusWord>
        </div>
      )}
      {routes.ports.map(port => (
        <PortPanel
          key={port.port}
          id={answerId(key, String(port.port))}
          service={serviceLabel(service)}
          port={port}
          observed={observed}
        />
      ))}
      <CanarySection id={key} delivery={routes.delivery} />
      {(routes.gateways ?? []).map((exposure, index) => (
        <GatewayRoutes
          key={JSON.stringify([exposure.gateway, exposure.port, index])}
          id={answerId('gateway', key, String(index))}
          service={serviceLabel(service)}
          exposure={exposure}
        />
      ))}
      {mesh && (
        <TryRequest
          params={props.params}
          routes={routes}
          clients={props.clients}
        />
      )}
      <ObservedSplits
        service={service}
        answer={answer}
        observed={observed}
        windowSeconds={windowSeconds}
      />
    </Paper>
  );
}
