import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ServiceRoutes } from 'backstage-plugin-mesh-common';
import { serviceKey, serviceName } from '../../../format/refs';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { useUrlState } from '../../../hooks/useUrlState';
import { usePlace } from '../../Fields/place';
import { MeshEntity } from '../../EntityTab/EntityTab';
import { entrancesOf, placesOf } from './entrances';
import { fieldsOf, readQuestion } from './question';
import { WalkForm } from './WalkForm';
import { WalkResult } from './WalkResult';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      padding: theme.spacing(2),
      minWidth: 0,
    },
  }),
  { name: 'MeshTryRequest' },
);

/** Asks what becomes of one request to a Service. The question is kept in the URL. */
export function TryRequest(props: {
  params: MeshEntity['params'];
  routes: ServiceRoutes;
  /** Workloads that call the Service, as namespace/kind/name. */
  clients: readonly string[];
}) {
  const { params, routes, clients } = props;
  const { service, ports } = routes;
  const t = useMeshTranslation();
  const classes = useStyles();
  const url = useUrlState();
  const from = usePlace() ?? '';
  const key = serviceKey(service);
  const id = `walk-${encodeURIComponent(key)}`;
  const host = serviceName(service);
  const question =
    url.get('walkService') === key ? readQuestion(url.get('walk')) : undefined;
  const client = from.split('/').length === 3 ? from : clients[0] ?? '';
  if (ports.length === 0) {
    return null;
  }
  return (
    <section className={classes.root} aria-labelledby={id}>
      <div>
        <Typography variant="subtitle1" component="h4" id={id}>
          {t('walk.title', { service: host })}
        </Typography>
        <Typography variant="body2">
          {t('walk.hint', { service: host })}
        </Typography>
      </div>
      <WalkForm
        id={id}
        fields={
          question
            ? fieldsOf(question)
            : {
                cluster: service.cluster,
                from: client,
                host,
                method: 'GET',
                port: String(ports[0].port),
                path: '/',
                headers: '',
                jwt: '',
              }
        }
        places={placesOf(routes)}
        inside={{
          from: client,
          hosts: [host, routes.host],
          port: String(ports[0].port),
        }}
        entrances={entrancesOf(routes)}
        clients={clients}
        onAsk={asked =>
          url.set({ walk: JSON.stringify(asked), walkService: key })
        }
        onClear={
          question
            ? () => url.set({ walk: undefined, walkService: undefined })
            : undefined
        }
      />
      {question && <WalkResult id={id} params={params} question={question} />}
    </section>
  );
}
