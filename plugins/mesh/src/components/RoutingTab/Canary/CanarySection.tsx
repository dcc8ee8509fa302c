import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Delivery } from 'backstage-plugin-mesh-common';
import { objectKey } from '../../../format/refs';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { StatusWord } from '../../Status/StatusWord';
import { CanaryLine } from './CanaryLine';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1),
      padding: theme.spacing(2, 2, 0),
    },
    list: { margin: 0, paddingLeft: theme.spacing(3) },
  }),
  { name: 'MeshCanarySection' },
);

/** The canaries that govern a Service, and what of them could not be read. */
export function CanarySection(props: {
  id: string;
  delivery: Delivery | undefined;
}) {
  const { id, delivery } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  return delivery ? (
    <div className={classes.root}>
      <Typography variant="subtitle1" component="h4">
        {t('canary.title')}
      </Typography>
      {delivery.canaries.map(canary => (
        <CanaryLine key={objectKey(canary.object)} id={id} canary={canary} />
      ))}
      {delivery.unread.length > 0 && (
        <div>
          <StatusWord tone="notice">{t('canary.unread')}</StatusWord>
          <ul className={classes.list}>
            {delivery.unread.map(({ kind, cause, message }) => (
              <li key={message}>
                <code>{kind}</code>, {t(`cause.${cause}`)}: {message}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  ) : null;
}
