import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ObservedRoutes, PortRoutes } from 'backstage-plugin-mesh-common';
import { answerId } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DecidedBy } from '../Reasons/DecidedBy';
import { explain } from '../Reasons/explain';
import { ReasonButton } from '../Reasons/ReasonButton';
import { StatusWord } from '../Status/StatusWord';
import { DestinationsTable } from './DestinationsTable';
import { IgnoredObjects } from './IgnoredObjects';
import { RulesTable } from './RulesTable';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(2, 0, 0) },
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 2),
      padding: theme.spacing(0, 2),
    },
    note: { padding: theme.spacing(1, 2) },
  }),
  { name: 'MeshPortPanel' },
);

/** What is routed how on one port of a Service. */
export function PortPanel(props: {
  id: string;
  /** The Service as people call it. */
  service: string;
  port: PortRoutes;
  observed: ObservedRoutes | undefined;
}) {
  const { id, service, port, observed } = props;
  const { protocol, routing, rules, unmatched } = port;
  const t = useMeshTranslation();
  const classes = useStyles();
  const title = t('routing.port.title', {
    port: [port.port, port.name].filter(Boolean).join(' '),
  });
  return (
    <div className={classes.root}>
      <div className={classes.header}>
        <Typography variant="subtitle1" component="h4">
          {title}
        </Typography>
        <ReasonButton
          id={answerId('protocol', id)}
          answer={explain(protocol, title, protocol.value)}
        >
          {protocol.value === 'detected'
            ? t('routing.port.detected')
            : t('routing.port.protocol', { protocol: protocol.value })}
        </ReasonButton>
        <div>
          <DecidedBy
            id={answerId('routing', id)}
            answer={explain(routing, title)}
          />
        </div>
      </div>
      {routing.value === 'rules' ? (
        <RulesTable id={id} service={service} port={port} observed={observed} />
      ) : (
        <Typography variant="body2" className={classes.note} component="div">
          <RoutingState routing={routing} />
        </Typography>
      )}
      {unmatched && rules.length > 0 && (
        <Typography variant="body2" className={classes.note}>
          {t('routing.port.unmatched', { status: String(unmatched.status) })}{' '}
          <ReasonButton
            id={answerId('unmatched', id)}
            answer={{
              title,
              word: String(unmatched.status),
              reasons: [unmatched.reason],
            }}
          />
        </Typography>
      )}
      <DestinationsTable id={id} service={service} port={port} />
      <IgnoredObjects id={id} title={title} ignored={port.ignored} />
    </div>
  );
}

function RoutingState({ routing }: Pick<PortRoutes, 'routing'>) {
  const t = useMeshTranslation();
  switch (routing.value) {
    case 'service':
      return <StatusWord tone="info">{t('routing.port.service')}</StatusWord>;
    case 'not-in-mesh':
      return (
        <StatusWord tone="neutral">{t('routing.port.notInMesh')}</StatusWord>
      );
    default:
      return (
        <>
          <StatusWord tone="notice">
            {t('routing.port.unknown')}
            {routing.cause && ` (${t(`cause.${routing.cause}`)})`}
          </StatusWord>
          <div>{routing.reasons[0]?.text}</div>
        </>
      );
  }
}
