import TextField from '@material-ui/core/TextField';
import { useFieldStyles } from '../components/Fields/useFieldStyles';

/** A text with suggestions in the browser's own list: any other text may be given too. */
export function SuggestField(props: {
  id: string;
  label: string;
  hint: string;
  value: string;
  required: boolean;
  disabled?: boolean;
  error: boolean;
  options: readonly { value: string; text: string }[];
  onChange(value: string | undefined): void;
}) {
  const { id, options, hint, onChange, ...field } = props;
  const classes = useFieldStyles();
  const list = `${id}-options`;
  return (
    <>
      <TextField
        {...field}
        id={id}
        fullWidth
        helperText={hint}
        inputProps={{ list, autoComplete: 'off', spellCheck: false }}
        InputLabelProps={{ shrink: true, className: classes.text }}
        FormHelperTextProps={{ className: classes.text }}
        onChange={event => onChange(event.target.value || undefined)}
      />
      <datalist id={list}>
        {options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </datalist>
    </>
  );
}
