import { makeStyles } from '@material-ui/core/styles';
import { subtleColor, toneColor } from '../../theme/tones';

/** Labels and hints of fields in colours that are readable on every background of the theme. */
export const useFieldStyles = makeStyles(
  theme => ({
    text: {
      color: subtleColor(theme),
      '&.Mui-error': { color: toneColor(theme, 'bad') },
    },
  }),
  { name: 'MeshField' },
);
