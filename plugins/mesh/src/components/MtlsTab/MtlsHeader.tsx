import Typography from '@material-ui/core/Typography';
import { Answer, Verdict } from 'backstage-plugin-mesh-common';
import { LoadedAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { explain } from '../Reasons/explain';
import { ReasonButton } from '../Reasons/ReasonButton';
import { FreshnessClock } from '../States/FreshnessClock';
import { TabHeader } from '../States/TabHeader';
import { VERDICTS } from '../Status/answerTones';
import { protectionSentence } from './sentence';
import { WorkloadSelect } from './WorkloadSelect';
import { WorkloadView } from './workloadViews';

/** The answer as a sentence, with its first reason, and what it is the answer of. */
export function MtlsHeader(props: {
  mtls: LoadedAnswer<'mtls'>;
  verdict: Answer<Verdict>;
  all: readonly WorkloadView[];
  selected: WorkloadView | undefined;
  /** A workload of the URL that is not there. */
  unknownWorkload: string | undefined;
}) {
  const { mtls, verdict, all, selected, unknownWorkload } = props;
  const t = useMeshTranslation();
  const sentence = protectionSentence(
    t,
    verdict.value,
    selected ? [selected] : all,
  );
  const [first] = verdict.reasons;
  return (
    <TabHeader
      appearance={VERDICTS[verdict.value]}
      sentence={sentence}
      action={
        <>
          <FreshnessClock freshness={mtls.freshness} onRefresh={mtls.refresh} />
          <WorkloadSelect views={all} selected={selected} />
        </>
      }
    >
      <Typography>
        {first && `${first.text}. `}
        <ReasonButton
          id="verdict"
          answer={explain(verdict, sentence, t(`verdict.${verdict.value}`))}
        />
      </Typography>
      {unknownWorkload !== undefined && (
        <Typography role="status">
          {t('mtls.workload.unknown', { workload: unknownWorkload })}
        </Typography>
      )}
    </TabHeader>
  );
}
