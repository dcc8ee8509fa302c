import { MeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { AnswerFailure } from '../States/AnswerFailure';

/** Says why an answer about all clusters or services is missing or old. */
export function FleetFailure<
  R extends 'fleetClusters' | 'fleetServices' | 'fleetReadiness',
>(props: { answer: MeshAnswer<R>; what: R }) {
  const t = useMeshTranslation();
  return (
    <AnswerFailure
      answer={props.answer}
      what={props.what}
      hints={{
        forbidden: t('state.forbidden.fleet'),
        notFound: {
          title: t('state.notFound.fleet'),
          hint: t('state.notFound.fleetHint'),
        },
      }}
    />
  );
}
