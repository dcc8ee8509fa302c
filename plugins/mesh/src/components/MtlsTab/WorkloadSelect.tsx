import { workloadLabel } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { useUrlState } from '../../hooks/useUrlState';
import { SelectField } from '../Fields/SelectField';
import { WorkloadView } from './workloadViews';

/** Which workloads the tab speaks of: all of them, or one. Kept in the URL. */
export function WorkloadSelect(props: {
  views: readonly WorkloadView[];
  selected: WorkloadView | undefined;
}) {
  const { views, selected } = props;
  const t = useMeshTranslation();
  const url = useUrlState();
  const clusters = new Set(views.map(view => view.mtls.workload.cluster)).size;
  return (
    <SelectField
      id="workload"
      label={t('mtls.workload.select')}
      value={selected?.key ?? ''}
      options={[
        {
          value: '',
          label: t('mtls.workload.allClusters', {
            workloads: t('mtls.workload.all', { count: views.length }),
            count: clusters,
          }),
        },
        ...views.map(view => ({
          value: view.key,
          label: `${workloadLabel(view.mtls.workload)}: ${t(
            `verdict.${view.verdict.value}`,
          )}`,
        })),
      ]}
      onChange={value => url.set({ workload: value })}
    />
  );
}
