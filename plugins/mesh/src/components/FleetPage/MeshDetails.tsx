import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ClusterMesh } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { StatusWord } from '../Status/StatusWord';
import { CertificatesTable } from './CertificatesTable';
import { ComponentsTable } from './ComponentsTable';
import { ControlPlaneSection } from './ControlPlaneSection';
import { ControlPlanesTable } from './ControlPlanesTable';
import { FactsTable } from './FactsTable';
import { MetricsOfMesh } from './metricsOfMesh';
import { ProxiesTable } from './ProxiesTable';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 3),
    },
    tables: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(320px, 100%), 1fr))',
    },
  }),
  { name: 'MeshMeshDetails' },
);

/** A mesh on a cluster: its control planes, what they hang on, and the versions of its proxies. */
export function MeshDetails(props: {
  cluster: string;
  mesh: ClusterMesh;
  metrics: MetricsOfMesh;
}) {
  const { cluster, mesh, metrics } = props;
  const { title, trustDomain, controlPlanes, proxies } = mesh;
  const { facts = [], certificates = [], components = [] } = mesh;
  const t = useMeshTranslation();
  const classes = useStyles();
  const names = { mesh: title, cluster };
  return (
    <div className={classes.root}>
      <div className={classes.header}>
        <Typography variant="subtitle1" component="h4">
          {title}
        </Typography>
        {trustDomain && (
          <span>
            {t('fleet.overview.trustDomain')} <code>{trustDomain}</code>
          </span>
        )}
        {proxies.length > 1 && (
          <StatusWord tone="notice">
            {t('fleet.overview.skew', { count: proxies.length })}
          </StatusWord>
        )}
      </div>
      <div className={classes.tables}>
        {controlPlanes.length === 0 ? (
          facts.every(({ answer }) => answer.value !== 'unknown') && (
            <Typography>{t('fleet.overview.noControlPlane')}</Typography>
          )
        ) : (
          <ControlPlanesTable
            caption={t('fleet.overview.controlPlanesOf', names)}
            controlPlanes={controlPlanes}
          />
        )}
        {proxies.length === 0 ? (
          <Typography>{t('fleet.overview.noProxies')}</Typography>
        ) : (
          <ProxiesTable
            caption={t('fleet.overview.proxiesOf', names)}
            proxies={proxies}
          />
        )}
      </div>
      {facts.length > 0 && (
        <FactsTable
          caption={t('controlPlane.meshFacts', names)}
          facts={facts}
        />
      )}
      {certificates.length > 0 && (
        <CertificatesTable
          caption={t('controlPlane.certificates.caption', names)}
          certificates={certificates}
          metrics={metrics}
        />
      )}
      {components.length > 0 && (
        <ComponentsTable
          caption={t('controlPlane.components.caption', names)}
          components={components}
        />
      )}
      {controlPlanes
        .filter(plane => plane.facts)
        .map(plane => (
          <ControlPlaneSection
            key={`${plane.namespace} ${plane.revision}`}
            plane={plane}
            of={`${title}, ${cluster}`}
            ownProxies={controlPlanes.length > 1}
          />
        ))}
    </div>
  );
}
