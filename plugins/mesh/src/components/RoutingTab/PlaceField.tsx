import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { FormEvent, useEffect, useState } from 'react';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { useUrlState } from '../../hooks/useUrlState';
import { isPlace, usePlace } from '../Fields/place';
import { useFieldStyles } from '../Fields/useFieldStyles';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
    },
    field: { width: 420, maxWidth: '100%' },
  }),
  { name: 'MeshPlaceField' },
);

const LIST_ID = 'mesh-places';

/** The client from whose place routes are seen, kept in the URL. */
export function PlaceField(props: {
  /** Places that are worth a look. */
  places: readonly string[];
}) {
  const t = useMeshTranslation();
  const classes = useStyles();
  const fieldClasses = useFieldStyles();
  const url = useUrlState();
  const place = usePlace() ?? '';
  const [text, setText] = useState(place);
  useEffect(() => setText(place), [place]);
  const written = text.trim();
  const isValid = written === '' || isPlace(written);

  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) {
      url.set({ from: written });
    }
  };

  return (
    <form className={classes.root} onSubmit={apply}>
      <TextField
        id="mesh-from"
        className={classes.field}
        label={t('routing.from.label')}
        helperText={
          isValid ? t('routing.from.hint') : t('routing.from.invalid')
        }
        error={!isValid}
        value={text}
        onChange={event => setText(event.target.value)}
        variant="outlined"
        size="small"
        InputLabelProps={{ shrink: true, className: fieldClasses.text }}
        FormHelperTextProps={{ className: fieldClasses.text }}
        inputProps={{ list: LIST_ID, spellCheck: false }}
      />
      <datalist id={LIST_ID}>
        {props.places.map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Button
        type="submit"
        variant="outlined"
        disabled={!isValid || written === place}
      >
        {t('routing.from.apply')}
      </Button>
    </form>
  );
}
