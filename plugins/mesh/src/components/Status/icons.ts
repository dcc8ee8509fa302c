import SvgIcon from '@material-ui/core/SvgIcon';
import CheckCircleOutlineIcon from '@material-ui/icons/CheckCircleOutline';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import InfoOutlinedIcon from '@material-ui/icons/InfoOutlined';
import RemoveCircleOutlineIcon from '@material-ui/icons/RemoveCircleOutline';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import { Tone } from '../../theme/tones';

/** The icon of a tone; each has a shape of its own. */
export const TONE_ICONS: { readonly [tone in Tone]: typeof SvgIcon } = {
  good: CheckCircleOutlineIcon,
  notice: ReportProblemOutlinedIcon,
  bad: ErrorOutlineIcon,
  info: InfoOutlinedIcon,
  neutral: RemoveCircleOutlineIcon,
};
