import { makeStyles } from '@material-ui/core/styles';
import {
  ChecklistSectionResult,
  ReadinessAnswer,
} from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { toneColor } from '../../theme/tones';
import { DataTable } from '../DataTable/DataTable';
import { Section } from '../DataTable/Section';
import { ItemRow } from './ItemRow';
import { Asked } from './RecordDialog';
import { progressOf, toneOf } from './states';

const COLUMNS = ['state', 'item', 'actions'] as const;

const useStyles = makeStyles(
  theme => ({
    progress: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    bar: {
      width: 120,
      height: 8,
      borderRadius: 4,
      overflow: 'hidden',
      border: `1px solid ${toneColor(theme, 'neutral')}`,
    },
    filled: { height: '100%', backgroundColor: toneColor(theme, 'info') },
  }),
  { name: 'MeshSectionPanel' },
);

/** One section of the checklist with its progress and its items. */
export function SectionPanel(props: {
  section: ChecklistSectionResult;
  may: ReadinessAnswer['may'];
  onAsk(asked: Asked): void;
}) {
  const { section, may, onAsk } = props;
  const t = useMeshTranslation();
  return (
    <Section
      id={`readiness-${section.id}`}
      title={section.title}
      action={<Progress section={section} />}
    >
      <DataTable
        caption={t('readiness.section.items', { section: section.title })}
        columns={COLUMNS.map(key => ({
          key,
          title: t(`readiness.section.${key}`),
        }))}
      >
        {section.items.map(item => (
          <ItemRow
            key={item.id}
            item={item}
            section={section.title}
            may={may}
            onAsk={onAsk}
          />
        ))}
      </DataTable>
    </Section>
  );
}

/** The words say it all; the bar helps to compare. */
function Progress({ section }: { section: ChecklistSectionResult }) {
  const t = useMeshTranslation();
  const classes = useStyles();
  const { met, applicable } = progressOf(section.counts);
  return (
    <div className={classes.progress} data-tone={toneOf(section.counts)}>
      <div className={classes.bar} aria-hidden>
        <div
          className={classes.filled}
          style={{ width: `${applicable ? (100 * met) / applicable : 0}%` }}
        />
      </div>
      {t('readiness.section.progress', {
        met: String(met),
        applicable: String(applicable),
      })}
    </div>
  );
}
