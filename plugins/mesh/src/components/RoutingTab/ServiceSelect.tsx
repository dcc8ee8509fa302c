import { ServiceRoutes } from 'backstage-plugin-mesh-common';
import { serviceKey, serviceLabel } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { useUrlState } from '../../hooks/useUrlState';
import { SelectField } from '../Fields/SelectField';

/** Which Services the tab speaks of: all of them, or one. Kept in the URL. */
export function ServiceSelect(props: {
  services: readonly ServiceRoutes[];
  selected: ServiceRoutes | undefined;
}) {
  const { services, selected } = props;
  const t = useMeshTranslation();
  const url = useUrlState();
  return (
    <SelectField
      id="service"
      label={t('routing.service.select')}
      value={selected ? serviceKey(selected.service) : ''}
      options={[
        {
          value: '',
          label: t('routing.service.all', { count: services.length }),
        },
        ...services.map(({ service }) => ({
          value: serviceKey(service),
          label: serviceLabel(service),
        })),
      ]}
      onChange={value => url.set({ service: value })}
    />
  );
}
