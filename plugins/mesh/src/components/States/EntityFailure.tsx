import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { RouteName } from 'backstage-plugin-mesh-common';
import { MeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { AnswerFailure } from './AnswerFailure';

/** Says why an answer about an entity is missing or old. */
export function EntityFailure<R extends RouteName>(props: {
  entity: Entity;
  answer: MeshAnswer<R>;
  what: R;
}) {
  const t = useMeshTranslation();
  return (
    <AnswerFailure
      answer={props.answer}
      what={props.what}
      hints={{
        notFound: {
          title: t('state.notFound.entity'),
          hint: t('state.notFound.entityHint', {
            entityRef: stringifyEntityRef(props.entity),
          }),
        },
      }}
    />
  );
}
