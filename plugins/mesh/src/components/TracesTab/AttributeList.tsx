import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { TraceSpan } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';

export const useListStyles = makeStyles(
  theme => ({
    list: {
      margin: 0,
      userSelect: 'text',
      '& > div': {
        display: 'grid',
        gridTemplateColumns: 'minmax(90px, 2fr) 3fr',
        gap: theme.spacing(1),
        padding: theme.spacing(0.25, 0),
      },
      '& dt': { color: subtleColor(theme), overflowWrap: 'anywhere' },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    },
  }),
  { name: 'MeshAttributeList' },
);

/** Tags and their values. */
export function AttributeList(props: { attributes: TraceSpan['attributes'] }) {
  const t = useMeshTranslation();
  const classes = useListStyles();
  const entries = Object.entries(props.attributes);
  return entries.length === 0 ? (
    <Typography variant="body2">{t('traces.details.none')}</Typography>
  ) : (
    <dl className={classes.list}>
      {entries
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
    </dl>
  );
}
