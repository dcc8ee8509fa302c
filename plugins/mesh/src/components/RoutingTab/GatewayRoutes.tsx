import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Exposure } from 'backstage-plugin-mesh-common';
import { answerId } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';
import { RuleRow } from './RuleRow';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(2, 0, 0) },
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 2),
      padding: theme.spacing(0, 2),
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'MeshGatewayRoutes' },
);

const COLUMNS = ['number', 'match', 'goes', 'also', 'written'] as const;

/** One port of a Gateway through which a Service is reached from outside: by which names, and by which rules. */
export function GatewayRoutes(props: {
  id: string;
  /** The Service as people call it. */
  service: string;
  exposure: Exposure;
}) {
  const { id, service, exposure } = props;
  const { gateway, port, protocol, hosts, rules } = exposure;
  const t = useMeshTranslation();
  const classes = useStyles();
  const name = `${gateway.namespace}/${gateway.name}`;
  return (
    <div className={classes.root}>
      <div className={classes.header}>
        <Typography variant="subtitle1" component="h4">
          {gateway.listener
            ? t('routing.gateway.listener', {
                gateway: name,
                listener: gateway.listener,
              })
            : t('routing.gateway.title', { gateway: name })}
        </Typography>
        <span>
          {t('routing.gateway.port', { port: String(port), protocol })}
        </span>
        <span>{t('routing.gateway.hosts', { hosts: hosts.join(', ') })}</span>
      </div>
      <DataTable
        caption={t('routing.gateway.caption', { gateway: name, service })}
        columns={COLUMNS.map(key => ({
          key,
          title: t(`routing.rules.${key}`),
        }))}
      >
        {rules.map((rule, index) => (
          <RuleRow
            key={answerId('rule', id, String(index))}
            id={answerId('rule', id, String(index))}
            number={index + 1}
            rule={rule}
            attributed={undefined}
          />
        ))}
      </DataTable>
    </div>
  );
}
