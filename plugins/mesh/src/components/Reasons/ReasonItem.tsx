import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ObjectRef, Reason } from 'backstage-plugin-mesh-common';
import { objectKey, objectLabel } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';

const useStyles = makeStyles(
  theme => ({
    meta: {
      color: subtleColor(theme),
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 2),
    },
    object: {
      textTransform: 'none',
      padding: theme.spacing(0, 0.5),
      '&[aria-current]': {
        boxShadow: `inset 0 -2px 0 ${theme.palette.primary.main}`,
        fontWeight: 700,
      },
    },
    code: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  }),
  { name: 'MeshReasonItem' },
);

/** One reason: the sentence, the object and field that decided, and the name of the rule. */
export function ReasonItem(props: {
  reason: Reason;
  chosen: ObjectRef | undefined;
  onChoose(object: ObjectRef, field: string | undefined): void;
}) {
  const { reason, chosen, onChoose } = props;
  const { object, field } = reason;
  const t = useMeshTranslation();
  const classes = useStyles();
  const isChosen = object && chosen && objectKey(object) === objectKey(chosen);
  return (
    <li>
      <Typography>{reason.text}</Typography>
      <Typography variant="body2" component="div" className={classes.meta}>
        {object && (
          <Button
            size="small"
            color="primary"
            className={classes.object}
            aria-current={isChosen ? 'true' : undefined}
            aria-label={t('drawer.openObject', { object: objectLabel(object) })}
            onClick={() => onChoose(object, field)}
          >
            {objectLabel(object)}
          </Button>
        )}
        {field && (
          <span>
            {t('drawer.field')} <code className={classes.code}>{field}</code>
          </span>
        )}
        <span>
          {t('drawer.rule')} <code className={classes.code}>{reason.rule}</code>
        </span>
      </Typography>
    </li>
  );
}
