import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  certificateSources,
  ControlPlaneCertificate,
} from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';
import { CertificateRow } from './CertificateRow';
import { MetricsOfMesh } from './metricsOfMesh';
import { MetricsState } from './MetricsState';
import { useNow } from './useNow';

const COLUMNS = ['certificate', 'state', 'until', 'renewal', 'source'] as const;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(0.5), minWidth: 0 },
  }),
  { name: 'MeshCertificatesTable' },
);

/** The certificates that a mesh hangs on: until when they are good, who renews them, and where that was read. */
export function CertificatesTable(props: {
  caption: string;
  certificates: readonly ControlPlaneCertificate[];
  metrics: MetricsOfMesh;
}) {
  const { caption, certificates, metrics } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const now = useNow();
  const observed = metrics.status === 'measured' ? metrics.observed : undefined;
  const thresholds = new Set(
    certificates.map(({ warnBelowDays }) => warnBelowDays),
  );
  return (
    <div className={classes.root}>
      <Typography variant="subtitle2" component="h5">
        {t('controlPlane.certificates.title')}
      </Typography>
      <DataTable
        caption={caption}
        columns={COLUMNS.map(key => ({
          key,
          title: t(`controlPlane.certificates.${key}`),
        }))}
      >
        {certificateSources(certificates, observed?.certificates ?? []).map(
          (sources, index) => (
            <CertificateRow
              key={`${sources.certificate.id} ${index}`}
              sources={sources}
              store={observed?.store}
              now={now}
            />
          ),
        )}
      </DataTable>
      <MetricsState metrics={metrics} />
      {[...thresholds].map(days => (
        <Typography key={days} variant="body2">
          {t('controlPlane.certificates.threshold', { days: String(days) })}
        </Typography>
      ))}
    </div>
  );
}
