import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useMeshAnswer } from '../hooks/useMeshAnswer';
import { useMeshTranslation } from '../hooks/useMeshTranslation';
import { FoundMesh } from './FoundMesh';
import { PlacementState } from './PlacementState';
import { placementFieldSchema } from './placementField';
import { modeText } from './modeText';
import { SuggestField } from './SuggestField';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      margin: theme.spacing(0, 0, 1),
      padding: 0,
      border: 0,
      minWidth: 0,
    },
    title: { padding: 0, marginBottom: theme.spacing(2) },
  }),
  { name: 'MeshPlacementField' },
);

/**
 * Where a service is to go: a cluster and a namespace. It offers what the reader may know of, with the mesh
 * that was found there, and takes any other name too.
 */
export function PlacementField(props: typeof placementFieldSchema.TProps) {
  const { formData = {}, idSchema, onChange, required, schema } = props;
  const { cluster = '', namespace = '' } = formData;
  const t = useMeshTranslation();
  const classes = useStyles();
  const answer = useMeshAnswer('placements', { params: {}, query: {} });
  const known = answer.status === 'loaded' ? answer.value : undefined;
  const here =
    known?.placements.filter(place => place.cluster === cluster) ?? [];
  const failed = (props.rawErrors?.length ?? 0) > 0;
  const field = { required: required ?? false, disabled: props.disabled };

  return (
    <fieldset className={classes.root}>
      <legend className={classes.title}>
        <Typography component="span" variant="subtitle1">
          {schema.title ?? t('placement.title')}
        </Typography>
      </legend>
      <SuggestField
        {...field}
        id={`${idSchema.$id}-cluster`}
        label={t('placement.cluster')}
        hint={t('placement.clusterHint')}
        value={cluster}
        error={failed}
        options={(known?.clusters ?? []).map(({ name, title }) => ({
          value: name,
          text: title ?? '',
        }))}
        onChange={value => onChange({ ...formData, cluster: value })}
      />
      <SuggestField
        {...field}
        id={`${idSchema.$id}-namespace`}
        label={t('placement.namespace')}
        hint={t('placement.namespaceHint')}
        value={namespace}
        error={failed}
        options={here.map(place => ({
          value: place.namespace,
          text: modeText(t, place),
        }))}
        onChange={value => onChange({ ...formData, namespace: value })}
      />
      <FoundMesh place={here.find(place => place.namespace === namespace)} />
      <PlacementState answer={answer} cluster={cluster} />
    </fieldset>
  );
}
