import { objectLabel } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { StatusWord } from '../Status/StatusWord';
import { ExplainedAnswer } from './AnswerRegistry';
import { ReasonButton } from './ReasonButton';

/** The object that decided an answer; opens the reasons. */
export function DecidedBy(props: { id: string; answer: ExplainedAnswer }) {
  const { id, answer } = props;
  const t = useMeshTranslation();
  const decider = answer.reasons.find(({ object }) => object)?.object;
  return (
    <>
      <ReasonButton id={id} answer={answer}>
        {decider && objectLabel(decider)}
      </ReasonButton>
      {answer.predicted && (
        <div>
          <StatusWord tone="info">{t('answer.predicted')}</StatusWord>
        </div>
      )}
      {answer.mayDiffer && answer.mayDiffer.length > 0 && (
        <div>
          <StatusWord tone="notice">{t('answer.mayDiffer')}</StatusWord>
        </div>
      )}
    </>
  );
}
