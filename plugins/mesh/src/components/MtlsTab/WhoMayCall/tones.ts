import SvgIcon from '@material-ui/core/SvgIcon';
import BlockIcon from '@material-ui/icons/Block';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import TuneIcon from '@material-ui/icons/Tune';
import { CallRule, CallValue } from 'backstage-plugin-mesh-common';
import { Tone } from '../../../theme/tones';

interface Appearance {
  tone: Tone;
  icon?: typeof SvgIcon;
}

export const CALLS: { readonly [value in CallValue]: Appearance } = {
  allowed: { tone: 'good' },
  denied: { tone: 'bad', icon: BlockIcon },
  depends: { tone: 'info', icon: TuneIcon },
  unknown: { tone: 'neutral', icon: HelpOutlineIcon },
};

export const RULE_STATES: {
  readonly [state in CallRule['state']]: Appearance;
} = {
  enforced: { tone: 'good' },
  'dry-run': { tone: 'info' },
  'no-effect': { tone: 'notice' },
};
