import { Link } from '@backstage/core-components';
import { TraceStoreState } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { Notice } from '../States/Notice';

const DOCS =
  'https://github.com/mesh-for-backstage/mesh-for-backstage/blob/main/docs/traces.md';

/** Says which stores did not answer, and for which clusters there is none. */
export function StoreNotices(props: {
  stores: readonly TraceStoreState[];
  withoutStore: readonly string[];
}) {
  const { stores, withoutStore } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  return (
    <>
      {stores
        .filter(({ status }) => status === 'failed')
        .map(({ name, clusters, message }) => (
          <Notice
            key={name}
            tone="bad"
            urgent
            title={t('traces.store.failed', { store: name })}
          >
            {message}{' '}
            {t('traces.store.failedText', { clusters: format.list(clusters) })}
          </Notice>
        ))}
      {withoutStore.length > 0 && (
        <Notice
          tone="info"
          title={t('traces.store.without', {
            clusters: format.list(withoutStore),
          })}
        >
          {t('traces.store.withoutText')}{' '}
          <Link to={DOCS}>{t('traces.store.docs')}</Link>
        </Notice>
      )}
    </>
  );
}
