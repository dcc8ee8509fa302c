import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { WorkloadRef } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(1, 0) },
    command: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'MeshRestartAdvice' },
);

/** The kinds that `kubectl rollout restart` knows. */
const RESTARTABLE = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** The configuration asks for a proxy already: all that is missing are pods that were made since. */
export function RestartAdvice(props: { workload: WorkloadRef }) {
  const { kind, namespace, name } = props.workload;
  const t = useMeshTranslation();
  const classes = useStyles();
  const command = RESTARTABLE.includes(kind)
    ? `kubectl rollout restart ${kind.toLowerCase()}/${name} --namespace ${namespace}`
    : undefined;
  return (
    <div className={classes.root}>
      <Typography variant="body2">{t('state.enrol.asked')}</Typography>
      {command && (
        <div className={classes.command}>
          <code>{command}</code>
          <CopyTextButton
            text={command}
            tooltipText={t('drawer.copy')}
            aria-label={t('state.enrol.copyCommand')}
          />
        </div>
      )}
    </div>
  );
}
