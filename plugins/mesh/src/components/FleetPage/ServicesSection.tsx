import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { FleetService } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { MeshTranslate } from '../../translation';
import { CsvButton, CsvExport } from '../DataTable/CsvButton';
import { Section } from '../DataTable/Section';
import { Pager } from './Pager';
import { ServiceFilters } from './ServiceFilters';
import { ServicesTable } from './ServicesTable';
import { useServiceView } from './useServiceView';

const useStyles = makeStyles(
  theme => ({ note: { padding: theme.spacing(2) } }),
  { name: 'MeshServicesSection' },
);

/** The services as a table that can be filtered, sorted, paged and downloaded. */
export function ServicesSection(props: { services: readonly FleetService[] }) {
  const { services } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const view = useServiceView(services);
  return (
    <Section
      id="services"
      title={t('fleet.services.shown', {
        shown: format.exactCount(view.matching.length),
        total: format.exactCount(services.length),
      })}
      action={<CsvButton data={servicesCsv(t, view.matching)} />}
    >
      <ServiceFilters services={services} view={view} />
      {view.matching.length === 0 ? (
        <div className={classes.note}>
          <Typography gutterBottom>{t('fleet.services.noMatch')}</Typography>
          <Button
            variant="outlined"
            onClick={() =>
              view.url.set({
                q: undefined,
                verdict: undefined,
                mesh: undefined,
                cluster: undefined,
                owner: undefined,
                page: undefined,
              })
            }
          >
            {t('fleet.services.clearFilter')}
          </Button>
        </div>
      ) : (
        <>
          <ServicesTable view={view} />
          <Pager view={view} />
        </>
      )}
    </Section>
  );
}

function servicesCsv(
  t: MeshTranslate,
  services: readonly FleetService[],
): CsvExport {
  return {
    name: 'mesh-services',
    header: [
      'entity',
      'title',
      'owner',
      'system',
      'verdict',
      'why',
      'meshes',
      'clusters',
      'workloads',
      'errors',
      'warnings',
      'notes',
    ],
    rows: services.map(service => [
      service.entityRef,
      service.title,
      service.owner,
      service.system,
      t(`verdict.${service.verdict}`),
      service.why,
      service.meshes.join(' '),
      service.clusters.join(' '),
      service.workloads,
      service.findings.error,
      service.findings.warning,
      service.findings.info,
    ]),
  };
}
