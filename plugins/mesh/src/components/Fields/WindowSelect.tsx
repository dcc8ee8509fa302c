import { OBSERVATION_WINDOWS } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { useUrlState } from '../../hooks/useUrlState';
import { SelectField } from './SelectField';

/** The window over which observations are summed, kept in the URL. */
export function WindowSelect(props: { windowSeconds: number }) {
  const t = useMeshTranslation();
  const format = useFormat();
  const url = useUrlState();
  return (
    <SelectField
      id="window"
      label={t('mtls.observed.window')}
      value={String(props.windowSeconds)}
      options={OBSERVATION_WINDOWS.map(seconds => ({
        value: String(seconds),
        label: format.duration(seconds * 1000),
      }))}
      onChange={value => url.set({ window: value })}
    />
  );
}
