import { CanaryState } from 'backstage-plugin-mesh-common';
import { answerId, objectLabel } from '../../../format/refs';
import { useFormat } from '../../../hooks/useFormat';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { explain } from '../../Reasons/explain';
import { ReasonButton } from '../../Reasons/ReasonButton';

/** By what the requests are shared, and the share that each rule gives the new version. */
export function CanarySteering(props: {
  id: string;
  name: string;
  steering: CanaryState['steering'];
}) {
  const { id, name, steering } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  const word = t(`canary.steering.${steering.value}`);
  return (
    <div>
      {t('canary.sharedBy')}{' '}
      <ReasonButton
        id={answerId('steering', id)}
        answer={explain(steering, name, word)}
      >
        {word}
      </ReasonButton>
      {steering.routes.flatMap(({ object, state, percent }, index) => {
        if (percent === undefined) {
          return [];
        }
        const text = t('canary.sends', {
          route: objectLabel(object),
          percent: format.percent(percent),
        });
        return [
          <span key={index}>
            {' · '}
            <ReasonButton
              id={answerId('route', id, String(index))}
              answer={explain(state, name, text)}
            >
              {text}
            </ReasonButton>
          </span>,
        ];
      })}
    </div>
  );
}
