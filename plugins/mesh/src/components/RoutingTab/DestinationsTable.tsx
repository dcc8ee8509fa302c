import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { PortRoutes } from 'backstage-plugin-mesh-common';
import { answerId } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';
import { DestinationRow } from './DestinationRow';

const COLUMNS = [
  'destination',
  'endpoints',
  'balancer',
  'limits',
  'outlier',
  'tls',
  'written',
] as const;

const useStyles = makeStyles(
  theme => ({ heading: { padding: theme.spacing(2, 2, 0) } }),
  { name: 'MeshDestinationsTable' },
);

/** How clients treat the endpoints of each destination of a port. */
export function DestinationsTable(props: {
  id: string;
  service: string;
  port: PortRoutes;
}) {
  const { id, service, port } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  return port.destinations.length === 0 ? null : (
    <>
      <Typography
        variant="subtitle2"
        component="h5"
        className={classes.heading}
      >
        {t('routing.destinations.title')}
      </Typography>
      <DataTable
        caption={t('routing.destinations.caption', {
          port: String(port.port),
          service,
        })}
        columns={COLUMNS.map(key => ({
          key,
          title: t(`routing.destinations.${key}`),
        }))}
      >
        {port.destinations.map((destination, index) => (
          <DestinationRow
            key={answerId(destination.host, destination.subset ?? '')}
            id={answerId('destination', id, String(index))}
            destination={destination}
          />
        ))}
      </DataTable>
    </>
  );
}
