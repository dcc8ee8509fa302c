import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { FleetService, verdictSchema } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { meshTitle } from '../../meshes/enrolGuides';
import { OwnerField } from '../Fields/OwnerField';
import { SelectField } from '../Fields/SelectField';
import { useFieldStyles } from '../Fields/useFieldStyles';
import { choices } from './serviceFilter';
import { ServiceView } from './useServiceView';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      padding: theme.spacing(1, 2, 2),
    },
  }),
  { name: 'MeshServiceFilters' },
);

/** What the table is filtered by, kept in the URL. */
export function ServiceFilters(props: {
  services: readonly FleetService[];
  view: ServiceView;
}) {
  const { services, view } = props;
  const { filter, url } = view;
  const t = useMeshTranslation();
  const classes = useStyles();
  const fieldClasses = useFieldStyles();
  const any = { value: '', label: t('fleet.services.filter.any') };
  const select = (
    key: 'verdict' | 'mesh' | 'cluster',
    values: readonly string[],
    label: (value: string) => string,
  ) => (
    <SelectField
      id={`filter-${key}`}
      label={t(`fleet.services.filter.${key}`)}
      value={filter[key] ?? ''}
      options={[any, ...values.map(value => ({ value, label: label(value) }))]}
      onChange={value => url.set({ [key]: value, page: undefined })}
    />
  );
  return (
    <div
      className={classes.root}
      role="search"
      aria-label={t('fleet.services.filter.label')}
    >
      <TextField
        id="mesh-filter-text"
        type="search"
        label={t('fleet.services.filter.text')}
        value={filter.q ?? ''}
        variant="outlined"
        size="small"
        InputLabelProps={{ shrink: true, className: fieldClasses.text }}
        onChange={event =>
          url.set({ q: event.target.value, page: undefined }, { replace: true })
        }
      />
      {select('verdict', verdictSchema.options, value => {
        const verdict = verdictSchema.safeParse(value);
        return verdict.success ? t(`verdict.${verdict.data}`) : value;
      })}
      {select(
        'mesh',
        choices(services, service => service.meshes),
        meshTitle,
      )}
      {select(
        'cluster',
        choices(services, service => service.clusters),
        value => value,
      )}
      <OwnerField
        id="filter-owner"
        label={t('fleet.services.filter.owner')}
        value={filter.owner ?? ''}
        owners={choices(services, ({ owner }) => (owner ? [owner] : []))}
        any={any.label}
        onChange={owner => url.set({ owner, page: undefined })}
      />
    </div>
  );
}
