import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReadinessAnswer } from 'backstage-plugin-mesh-common';
import { useEffect, useRef, useState } from 'react';
import { LoadedAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { MeshTranslate } from '../../translation';
import { CsvButton, CsvExport } from '../DataTable/CsvButton';
import { MeshEntity } from '../EntityTab/EntityTab';
import { ClusterNotices } from '../States/ClusterNotices';
import { EntityFailure } from '../States/EntityFailure';
import { FreshnessClock } from '../States/FreshnessClock';
import { Notice } from '../States/Notice';
import { TabHeader } from '../States/TabHeader';
import { HistorySection } from './HistorySection';
import { focusItem } from './ItemRow';
import { Asked, RecordDialog } from './RecordDialog';
import { SectionPanel } from './SectionPanel';
import { countsSentence, stateText, toneOf } from './states';

const useStyles = makeStyles(
  theme => ({ root: { display: 'grid', gap: theme.spacing(3), minWidth: 0 } }),
  { name: 'MeshLoadedReadiness' },
);

/** The checklist once it is there: the counts first, then the sections, then what people said. */
export function LoadedReadiness(
  props: MeshEntity & { readiness: LoadedAnswer<'readiness'> },
) {
  const { entity, params, readiness } = props;
  const { counts, sections, history, may, clusters, clusterListProblem } =
    readiness.value;
  const t = useMeshTranslation();
  const classes = useStyles();
  const [asked, setAsked] = useState<Asked>();
  // The next answer replaces the button that opened the dialog, which has the focus again.
  const written = useRef<string>();
  useEffect(() => {
    if (written.current !== undefined && focusItem(written.current)) {
      written.current = undefined;
    }
  }, [readiness.value]);
  return (
    <div className={classes.root}>
      <TabHeader
        appearance={{ tone: toneOf(counts) }}
        sentence={countsSentence(t, counts)}
        action={
          <>
            <FreshnessClock
              freshness={readiness.freshness}
              onRefresh={readiness.refresh}
            />
            <CsvButton data={readinessCsv(t, readiness.value)} />
          </>
        }
      >
        <Typography>
          {t('readiness.sentence.detail', {
            pass: String(counts.pass),
            fail: String(counts.fail),
            attested: String(counts.attested),
            waived: String(counts.waived),
            unknown: String(counts.unknown),
            notApplicable: String(counts['not-applicable']),
          })}
        </Typography>
      </TabHeader>
      <ClusterNotices clusters={clusters} listProblem={clusterListProblem} />
      <EntityFailure entity={entity} answer={readiness} what="readiness" />
      {!may.attest && !may.waive && (
        <Notice tone="neutral" title={t('readiness.may.none')} />
      )}
      {sections.map(section => (
        <SectionPanel
          key={section.id}
          section={section}
          may={may}
          onAsk={setAsked}
        />
      ))}
      <HistorySection history={history} sections={sections} />
      {asked && (
        <RecordDialog
          asked={asked}
          params={params}
          onClose={() => setAsked(undefined)}
          onWritten={() => {
            written.current = asked.item.id;
            readiness.refresh();
          }}
        />
      )}
    </div>
  );
}

function readinessCsv(t: MeshTranslate, answer: ReadinessAnswer): CsvExport {
  return {
    name: t('readiness.csv.name'),
    header: ['section', 'item', 'state', 'decided by', 'evidence'],
    rows: answer.sections.flatMap(section =>
      section.items.map(item => [
        section.title,
        item.title,
        stateText(t, item),
        t(`readiness.decidedBy.${item.decidedBy}`),
        item.evidence,
      ]),
    ),
  };
}
