import TextField from '@material-ui/core/TextField';
import { useFieldStyles } from './useFieldStyles';

/** One of several values, in the browser's own list: works with every keyboard and screen reader. */
export function SelectField(props: {
  id: string;
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange(value: string): void;
}) {
  const { id, label, value, options, onChange } = props;
  const classes = useFieldStyles();
  return (
    <TextField
      select
      id={`mesh-${id}`}
      label={label}
      value={value}
      variant="outlined"
      size="small"
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true, className: classes.text }}
      style={{ minWidth: 120 }}
      onChange={event => onChange(event.target.value)}
    >
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </TextField>
  );
}
