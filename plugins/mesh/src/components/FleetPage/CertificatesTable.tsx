import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { ControlPlaneCertificate } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';
import { NamesInText } from '../Status/NamesInText';
import { StatusWord } from '../Status/StatusWord';
import { certificateWords, STATES } from './controlPlaneTones';
import { DecidingObject } from './DecidingObject';
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
}) {
  const { caption, certificates } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const now = useNow();
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
        {certificates.map(certificate => (
          <CertificateRow
            key={certificate.id}
            certificate={certificate}
            now={now}
          />
        ))}
      </DataTable>
      {[...thresholds].map(days => (
        <Typography key={days} variant="body2">
          {t('controlPlane.certificates.threshold', { days: String(days) })}
        </Typography>
      ))}
    </div>
  );
}

function CertificateRow(props: {
  certificate: ControlPlaneCertificate;
  now: Date;
}) {
  const { certificate, now } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  const { words, ...appearance } = certificateWords(t, certificate, now);
  const { validity, notAfter, renewal, renewalTime } = certificate;
  return (
    <TableRow>
      <TableCell component="th" scope="row" role="rowheader">
        {certificate.title}
      </TableCell>
      <TableCell>
        <StatusWord {...appearance}>{words}</StatusWord>
      </TableCell>
      <TableCell>
        {notAfter && (
          <time dateTime={notAfter}>{format.moment(new Date(notAfter))}</time>
        )}
      </TableCell>
      <TableCell>
        {renewal ? (
          <>
            <StatusWord {...STATES[renewal.value]}>
              <NamesInText text={renewal.reasons[0]?.text ?? ''} />
            </StatusWord>
            {renewalTime && (
              <div>
                {t('controlPlane.certificates.renewedAt', {
                  moment: format.moment(new Date(renewalTime)),
                })}
              </div>
            )}
          </>
        ) : (
          validity.value === 'known' && t('controlPlane.certificates.byHand')
        )}
      </TableCell>
      <TableCell>
        {validity.reasons.map(reason => (
          <div key={reason.text}>
            <NamesInText text={reason.text} />
            {reason.field && (
              <div>
                <DecidingObject reason={reason} />
              </div>
            )}
          </div>
        ))}
      </TableCell>
    </TableRow>
  );
}
