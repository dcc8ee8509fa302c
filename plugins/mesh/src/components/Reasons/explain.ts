import { Answer } from 'backstage-plugin-mesh-common';
import { ExplainedAnswer } from './AnswerRegistry';

/** An answer as a drawer shows it. */
export function explain(
  answer: Omit<Answer<unknown>, 'value'>,
  title: string,
  word?: string,
): ExplainedAnswer {
  const { reasons, cause, predicted, mayDiffer } = answer;
  return {
    title,
    ...(word && { word }),
    reasons,
    ...(cause && { cause }),
    ...(predicted && { predicted }),
    ...(mayDiffer && { mayDiffer }),
  };
}
