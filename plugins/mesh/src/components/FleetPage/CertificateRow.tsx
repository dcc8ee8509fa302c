import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import {
  CertificateSources,
  ControlPlaneCertificate,
} from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { NamesInText } from '../Status/NamesInText';
import { StatusWord } from '../Status/StatusWord';
import { CertificateSourceCell } from './CertificateSourceCell';
import { certificateWords, STATES } from './controlPlaneTones';

/** A certificate: how it stands, until when it is good, who renews it, and where that was read. */
export function CertificateRow(props: {
  sources: CertificateSources;
  /** The name of the metrics store that was asked. */
  store?: string;
  now: Date;
}) {
  const { sources, store, now } = props;
  const { certificate, configured, measured, differ } = sources;
  const t = useMeshTranslation();
  const { words, ...appearance } = certificateWords(t, certificate, now);
  return (
    <TableRow>
      <TableCell component="th" scope="row" role="rowheader">
        {certificate.title}
      </TableCell>
      <TableCell>
        <StatusWord {...appearance}>{words}</StatusWord>
        {differ && (
          <div>
            <StatusWord tone="notice">
              {t('controlPlane.certificates.differ')}
            </StatusWord>
          </div>
        )}
      </TableCell>
      <TableCell>
        {differ && configured ? (
          <>
            <End certificate={configured} />{' '}
            {t('controlPlane.certificates.byObjects')}
            <br />
            <End certificate={measured} />{' '}
            {t('controlPlane.certificates.byMetrics')}
          </>
        ) : (
          <End certificate={certificate} />
        )}
      </TableCell>
      <TableCell>
        {configured && <Renewal certificate={configured} />}
      </TableCell>
      <TableCell>
        <CertificateSourceCell sources={sources} store={store} />
      </TableCell>
    </TableRow>
  );
}

function End(props: { certificate: ControlPlaneCertificate | undefined }) {
  const format = useFormat();
  const notAfter = props.certificate?.notAfter;
  return notAfter ? (
    <time dateTime={notAfter}>{format.moment(new Date(notAfter))}</time>
  ) : null;
}

/** Who renews it, which objects alone tell. */
function Renewal(props: { certificate: ControlPlaneCertificate }) {
  const { validity, renewal, renewalTime } = props.certificate;
  const t = useMeshTranslation();
  const format = useFormat();
  if (!renewal) {
    return validity.value === 'known' ? (
      <>{t('controlPlane.certificates.byHand')}</>
    ) : null;
  }
  return (
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
  );
}
