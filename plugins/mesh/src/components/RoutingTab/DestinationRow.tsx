import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import { DestinationPolicy } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { MarkedRow } from '../DataTable/MarkedRow';
import { DecidedBy } from '../Reasons/DecidedBy';
import { StatusWord } from '../Status/StatusWord';
import { endpointsTone, limitText, outlierText } from './destinationText';

const useStyles = makeStyles(
  theme => ({
    outlier: { minWidth: 150 },
    locality: { minWidth: 130 },
    subtle: {
      color: subtleColor(theme),
      fontWeight: 400,
      overflowWrap: 'anywhere',
      minWidth: 160,
    },
  }),
  { name: 'MeshDestinationRow' },
);

/** How clients treat the endpoints of one destination. */
export function DestinationRow(props: {
  id: string;
  destination: DestinationPolicy;
}) {
  const { id, destination } = props;
  const { host, subset, labels, endpoints, limits } = destination;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const name = subset ?? t('routing.destinations.whole');
  return (
    <MarkedRow shown={JSON.stringify(destination)}>
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        data-column="destination"
      >
        {name}
        <div className={classes.subtle}>{host}</div>
        {labels && (
          <div className={classes.subtle}>
            {Object.entries(labels)
              .map(([key, value]) => `${key}=${value}`)
              .join(', ')}
          </div>
        )}
      </TableCell>
      <TableCell data-column="endpoints">
        {endpoints ? (
          <StatusWord tone={endpointsTone(endpoints)}>
            {t('routing.destinations.ready', {
              ready: String(endpoints.ready),
              total: String(endpoints.total),
            })}
          </StatusWord>
        ) : (
          t('answer.unknown')
        )}
      </TableCell>
      <TableCell data-column="balancer">
        {destination.loadBalancer ?? t('routing.destinations.default')}
        {destination.locality && (
          <div className={classes.locality}>
            {destination.locality.mode === 'inactive' ? (
              <StatusWord tone="notice">{destination.locality.text}</StatusWord>
            ) : (
              destination.locality.text
            )}
          </div>
        )}
      </TableCell>
      <TableCell data-column="limits">
        {limits.length === 0 && t('routing.destinations.noLimits')}
        {limits.map(limit => (
          <div key={limit.name}>{limitText(format, limit)}</div>
        ))}
      </TableCell>
      <TableCell className={classes.outlier} data-column="outlier">
        {outlierText(t, format, destination.outlierDetection)}
      </TableCell>
      <TableCell data-column="tls">
        {destination.tlsMode ?? t('routing.destinations.default')}
      </TableCell>
      <TableCell data-column="written">
        <DecidedBy
          id={id}
          answer={{
            title: `${t('routing.destinations.destination')}: ${host}, ${name}`,
            reasons: destination.reasons,
          }}
        />
      </TableCell>
    </MarkedRow>
  );
}
