import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ControlPlane } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { Disclosure } from '../States/Disclosure';
import { StatusWord } from '../Status/StatusWord';
import { ComponentsTable } from './ComponentsTable';
import { planeSummary } from './controlPlaneTones';
import { FactsTable } from './FactsTable';
import { ProxiesTable } from './ProxiesTable';
import { SettingsTable } from './SettingsTable';
import { WebhooksTable } from './WebhooksTable';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1), minWidth: 0 },
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 3),
    },
  }),
  { name: 'MeshControlPlaneSection' },
);

/** What is known of one control plane; its webhooks and settings open on demand. */
export function ControlPlaneSection(props: {
  plane: ControlPlane;
  /** The mesh and the cluster, for captions. */
  of: string;
  /** Whether its proxies are others than those of the whole mesh. */
  ownProxies: boolean;
}) {
  const { plane, of, ownProxies } = props;
  const { facts = [], components = [], webhooks = [], settings = [] } = plane;
  const { proxies = [] } = plane;
  const t = useMeshTranslation();
  const classes = useStyles();
  const heading = plane.revision
    ? t('controlPlane.of', { revision: plane.revision })
    : t('controlPlane.single');
  const what = `${heading}, ${of}`;
  const { sentence, ...appearance } = planeSummary(t, plane);
  return (
    <div className={classes.root}>
      <div className={classes.header}>
        <Typography variant="subtitle2" component="h5">
          {heading}
        </Typography>
        <StatusWord {...appearance}>{sentence}</StatusWord>
      </div>
      <FactsTable
        caption={t('controlPlane.facts.caption', { what })}
        facts={facts}
      />
      {components.length > 0 && (
        <ComponentsTable
          caption={t('controlPlane.components.parts', { what })}
          components={components}
        />
      )}
      {ownProxies && proxies.length > 0 && (
        <ProxiesTable
          caption={`${t('controlPlane.proxies')}: ${what}`}
          proxies={proxies}
        />
      )}
      {webhooks.length > 0 && (
        <Disclosure
          summary={t('controlPlane.webhooks.title', {
            count: webhooks.length,
          })}
          initiallyOpen={webhooks.some(({ answer }) => answer.value === 'bad')}
        >
          <WebhooksTable
            caption={t('controlPlane.webhooks.caption', { what })}
            webhooks={webhooks}
          />
        </Disclosure>
      )}
      {settings.length > 0 && (
        <Disclosure
          summary={t('controlPlane.settings.title', {
            count: settings.length,
          })}
        >
          <SettingsTable
            caption={t('controlPlane.settings.caption', { what })}
            settings={settings}
          />
        </Disclosure>
      )}
    </div>
  );
}
