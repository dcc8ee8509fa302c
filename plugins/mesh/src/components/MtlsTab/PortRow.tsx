import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import { PortMtls } from 'backstage-plugin-mesh-common';
import { answerId, serviceLabel } from '../../format/refs';
import { MeshAnswer } from '../../hooks/useMeshAnswer';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { MarkedRow } from '../DataTable/MarkedRow';
import { DecidedBy } from '../Reasons/DecidedBy';
import { explain } from '../Reasons/explain';
import { VerdictButton } from '../Reasons/VerdictButton';
import { ACCEPTS } from '../Status/answerTones';
import { StatusWord } from '../Status/StatusWord';
import { PortClients } from './PortClients';
import { PortObserved } from './PortObserved';
import { portTitle } from './sentence';
import { WorkloadCell } from './WorkloadCell';
import { WorkloadView } from './workloadViews';

const useStyles = makeStyles(
  theme => ({
    subtle: { color: subtleColor(theme) },
    term: { fontFamily: 'monospace' },
  }),
  { name: 'MeshPortRow' },
);

/** A port of a workload. The first one of a workload brings the cells that span all of them. */
export function PortRow(props: {
  view: WorkloadView;
  port: PortMtls;
  isFirst: boolean;
  observed: MeshAnswer<'observedMtls'>;
}) {
  const { view, port, isFirst, observed } = props;
  const { workload, ports } = view.mtls;
  const { accepts, verdict } = port;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const place = portTitle(t, port.port, workload);
  const key = answerId(view.key, String(port.port));
  const word = t(`mtls.accepts.${accepts.value}`);
  return (
    <MarkedRow shown={JSON.stringify([accepts, verdict.value, port.protocol])}>
      {isFirst && <WorkloadCell view={view} rows={ports.length} />}
      <TableCell data-column="port">
        <div>
          <strong>{port.port}</strong> {port.name}
        </div>
        <div className={classes.subtle}>{port.protocol}</div>
        {port.services.length > 0 && (
          <div className={classes.subtle}>
            {t('mtls.ports.services', {
              services: format.list(
                port.services.map(
                  entry => `${serviceLabel(entry.service)}:${entry.port}`,
                ),
              ),
            })}
          </div>
        )}
      </TableCell>
      <TableCell data-column="accepts">
        <StatusWord {...ACCEPTS[accepts.value]}>{word}</StatusWord>
        {accepts.term && <div className={classes.term}>{accepts.term}</div>}
        {accepts.cause && (
          <div className={classes.subtle}>{t(`cause.${accepts.cause}`)}</div>
        )}
      </TableCell>
      <TableCell data-column="decidedBy">
        <DecidedBy
          id={answerId('accepts', key)}
          answer={explain(
            accepts,
            `${t('mtls.ports.accepts')}: ${place}`,
            accepts.term ? `${word} (${accepts.term})` : word,
          )}
        />
      </TableCell>
      <PortObserved
        view={view}
        port={port.port}
        isFirst={isFirst}
        answer={observed}
      />
      <TableCell data-column="clients">
        <PortClients view={view} port={port.port} />
      </TableCell>
      <TableCell data-column="verdict">
        <VerdictButton
          id={answerId('port', key)}
          verdict={verdict}
          of={`${t('mtls.ports.verdict')}: ${place}`}
        />
      </TableCell>
    </MarkedRow>
  );
}
