import { Answer, Verdict } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { VERDICTS } from '../Status/answerTones';
import { StatusWord } from '../Status/StatusWord';
import { explain } from './explain';
import { ReasonButton } from './ReasonButton';

/** A verdict that opens its reasons. */
export function VerdictButton(props: {
  id: string;
  verdict: Answer<Verdict>;
  /** Of what. */
  of: string;
}) {
  const { id, verdict, of } = props;
  const t = useMeshTranslation();
  const word = t(`verdict.${verdict.value}`);
  return (
    <ReasonButton id={id} answer={explain(verdict, of, word)}>
      <StatusWord {...VERDICTS[verdict.value]}>{word}</StatusWord>
    </ReasonButton>
  );
}
