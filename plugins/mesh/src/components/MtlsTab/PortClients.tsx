import { makeStyles } from '@material-ui/core/styles';
import { sendsSchema } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { SENDS } from '../Status/answerTones';
import { StatusWord } from '../Status/StatusWord';
import { clientRows } from './clientRows';
import { WorkloadView } from './workloadViews';

const useStyles = makeStyles(
  { count: { whiteSpace: 'nowrap' } },
  { name: 'MeshPortClients' },
);

/** How many of the known clients send what to a port. */
export function PortClients(props: { view: WorkloadView; port: number }) {
  const { view, port } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const sends = clientRows(view.mtls, view.observed)
    .filter(row => !row.class)
    .flatMap(row => row.ports.filter(entry => entry.port === port));
  if (sends.length === 0) {
    return <>{t('mtls.ports.noClients')}</>;
  }
  return (
    <>
      <div>{t('mtls.ports.clientCount', { count: sends.length })}</div>
      {sendsSchema.options
        .map(
          value =>
            [
              value,
              sends.filter(entry => entry.sends.value === value).length,
            ] as const,
        )
        .filter(([, count]) => count > 0)
        .map(([value, count]) => (
          <div key={value} className={classes.count}>
            <StatusWord {...SENDS[value]}>
              {count} {t(`mtls.sends.${value}`)}
            </StatusWord>
          </div>
        ))}
    </>
  );
}
