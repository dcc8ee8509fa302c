import { CopyTextButton } from '@backstage/core-components';
import { useMemo } from 'react';
import { stringify } from 'yaml';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { YamlView } from './YamlView';

/** A value as YAML that can be copied. */
export function YamlSnippet(props: { content: unknown; label: string }) {
  const { content, label } = props;
  const t = useMeshTranslation();
  const text = useMemo(() => stringify(content, { lineWidth: 0 }), [content]);
  return (
    <YamlView
      text={text}
      label={label}
      action={<CopyTextButton text={text} tooltipText={t('drawer.copy')} />}
    />
  );
}
