import { makeStyles } from '@material-ui/core/styles';
import { CertificateSources, Reason } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { NamesInText } from '../Status/NamesInText';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(0.5) },
    field: {
      color: subtleColor(theme),
      fontFamily: 'monospace',
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'MeshCertificateSourceCell' },
);

/** Where it was read until when a certificate is good: in objects, in metrics, or why in neither. */
export function CertificateSourceCell(props: {
  sources: CertificateSources;
  /** The name of the metrics store that was asked. */
  store?: string;
}) {
  const { sources, store = '' } = props;
  const { configured, measured } = sources;
  const t = useMeshTranslation();
  const classes = useStyles();
  const said = (text: string) => {
    if (measured?.validity.value === 'unknown') {
      return t('controlPlane.certificates.notInMetrics', { reason: text });
    }
    return t('controlPlane.certificates.inStore', { reason: text, store });
  };
  return (
    <div className={classes.root}>
      {configured?.validity.reasons.map(reason => (
        <ObjectReason key={reason.text} reason={reason} />
      ))}
      {measured?.validity.reasons.map(({ text }, index) => (
        <div key={text}>
          <NamesInText text={index === 0 ? said(text) : text} />
        </div>
      ))}
    </div>
  );
}

/** The sentence names the object, so that only the field is left to say. */
function ObjectReason({ reason: { text, field } }: { reason: Reason }) {
  const classes = useStyles();
  return (
    <div>
      <NamesInText text={text} />
      {field && (
        <>
          {' '}
          <code className={classes.field}>{field}</code>
        </>
      )}
    </div>
  );
}
