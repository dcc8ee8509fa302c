import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { Notice } from './Notice';

/** Says what `mesh.entityScope` keeps from an entity. Draws nothing where it keeps nothing. */
export function ScopeNotice(props: { limit: string | undefined }) {
  const t = useMeshTranslation();
  return props.limit === undefined ? null : (
    <Notice tone="notice" title={t('state.scope.title')}>
      {props.limit}. {t('state.scope.remedy')}
    </Notice>
  );
}
