import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { FleetReadinessAnswer } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { useUrlState } from '../../hooks/useUrlState';
import { CsvButton, CsvExport } from '../DataTable/CsvButton';
import { DataTable } from '../DataTable/DataTable';
import { Section } from '../DataTable/Section';
import { OwnerField } from '../Fields/OwnerField';
import { ChecklistRow } from './ChecklistRow';

const useStyles = makeStyles(
  theme => ({
    padded: { padding: theme.spacing(1, 2, 2) },
    // Upright titles make a column as narrow as its figures, so that all sections are in sight.
    section: {
      writingMode: 'vertical-rl',
      transform: 'rotate(180deg)',
      textAlign: 'left',
    },
  }),
  { name: 'MeshChecklistSection' },
);

/** Services by sections, of one owner or of all. */
export function ChecklistSection({ answer }: { answer: FleetReadinessAnswer }) {
  const { entities, sections } = answer;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const url = useUrlState();
  const chosen = url.get('owner');
  const shown = entities.filter(({ owner }) => !chosen || owner === chosen);
  const owners = [...new Set(entities.flatMap(({ owner }) => owner ?? []))];
  return (
    <Section
      id="checklist"
      title={t('readiness.fleet.shown', {
        shown: format.exactCount(shown.length),
        total: format.exactCount(entities.length),
      })}
      action={<CsvButton data={checklistCsv(sections, shown)} />}
    >
      <div className={classes.padded}>
        <OwnerField
          id="checklist-owner"
          label={t('readiness.fleet.owner')}
          value={chosen ?? ''}
          owners={owners}
          any={t('readiness.fleet.any')}
          onChange={owner => url.set({ owner })}
        />
      </div>
      {shown.length === 0 ? (
        <div className={classes.padded}>
          <Typography gutterBottom>{t('readiness.fleet.noMatch')}</Typography>
          <Button
            variant="outlined"
            onClick={() => url.set({ owner: undefined })}
          >
            {t('readiness.fleet.clear')}
          </Button>
        </div>
      ) : (
        <DataTable
          caption={t('readiness.fleet.caption')}
          dense
          columns={[
            { key: 'service', title: t('readiness.fleet.serviceAndOwner') },
            { key: 'all', title: t('readiness.fleet.all') },
            ...sections.map(({ id, title }) => ({
              key: id,
              title: <span className={classes.section}>{title}</span>,
            })),
          ]}
        >
          {shown.map(entity => (
            <ChecklistRow key={entity.entityRef} entity={entity} />
          ))}
        </DataTable>
      )}
    </Section>
  );
}

function checklistCsv(
  sections: FleetReadinessAnswer['sections'],
  entities: FleetReadinessAnswer['entities'],
): CsvExport {
  return {
    name: 'mesh-checklist',
    header: [
      'entity',
      'owner',
      'system',
      'section',
      'pass',
      'fail',
      'attested',
      'waived',
      'unknown',
      'not applicable',
    ],
    rows: entities.flatMap(({ entityRef, owner, system, sections: counts }) =>
      sections.map(({ title }, index) => [
        entityRef,
        owner,
        system,
        title,
        counts[index].pass,
        counts[index].fail,
        counts[index].attested,
        counts[index].waived,
        counts[index].unknown,
        counts[index]['not-applicable'],
      ]),
    ),
  };
}
