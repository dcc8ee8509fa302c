import TextField from '@material-ui/core/TextField';
import { useFieldStyles } from '../Fields/useFieldStyles';

/** Of the input of a filter. */
export function fieldId(id: string): string {
  return `mesh-trace-${id}`;
}

/** A text of the filter, with a hint that turns red where it cannot be read. */
export function FilterField(props: {
  id: string;
  label: string;
  hint?: string;
  value: string;
  isWrong: boolean;
  /** The id of a list of suggestions. */
  list?: string;
  onChange(text: string): void;
}) {
  const { id, label, hint, value, isWrong, list, onChange } = props;
  const classes = useFieldStyles();
  return (
    <TextField
      id={fieldId(id)}
      label={label}
      value={value}
      error={isWrong}
      helperText={hint}
      variant="outlined"
      size="small"
      InputLabelProps={{ shrink: true, className: classes.text }}
      FormHelperTextProps={{ className: classes.text }}
      inputProps={{ ...(list && { list }), spellCheck: false }}
      onChange={event => onChange(event.target.value)}
    />
  );
}
