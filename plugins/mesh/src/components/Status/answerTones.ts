import SvgIcon from '@material-ui/core/SvgIcon';
import BlockIcon from '@material-ui/icons/Block';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import LockOpenOutlinedIcon from '@material-ui/icons/LockOpenOutlined';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import {
  Accepts,
  ClusterState,
  FindingLevel,
  Sends,
  Verdict,
} from 'backstage-plugin-mesh-common';
import { Tone } from '../../theme/tones';

interface Appearance {
  tone: Tone;
  /** Absent: the icon of the tone. */
  icon?: typeof SvgIcon;
}

type Appearances<T extends string> = { readonly [value in T]: Appearance };

export const VERDICTS: Appearances<Verdict> = {
  protected: { tone: 'good' },
  'mtls-in-use': { tone: 'info' },
  unknown: { tone: 'neutral', icon: HelpOutlineIcon },
  'in-part': { tone: 'notice' },
  unprotected: { tone: 'bad' },
  'not-in-mesh': { tone: 'neutral' },
};

export const ACCEPTS: Appearances<Accepts> = {
  'mtls-only': { tone: 'good', icon: LockOutlinedIcon },
  'mtls-or-plaintext': { tone: 'notice', icon: LockOpenOutlinedIcon },
  'plaintext-only': { tone: 'bad', icon: LockOpenOutlinedIcon },
  'own-tls': { tone: 'neutral', icon: LockOutlinedIcon },
  nothing: { tone: 'neutral', icon: BlockIcon },
  unknown: { tone: 'neutral', icon: HelpOutlineIcon },
};

export const SENDS: Appearances<Sends> = {
  mtls: { tone: 'good', icon: LockOutlinedIcon },
  plaintext: { tone: 'bad', icon: LockOpenOutlinedIcon },
  fails: { tone: 'bad', icon: BlockIcon },
  unknown: { tone: 'neutral', icon: HelpOutlineIcon },
};

export const CLUSTER_STATES: Appearances<ClusterState['status']> = {
  synced: { tone: 'good' },
  syncing: { tone: 'info' },
  partial: { tone: 'notice' },
  stale: { tone: 'notice' },
  unreachable: { tone: 'bad' },
  'unsupported-auth': { tone: 'neutral' },
};

export const LEVELS: Appearances<FindingLevel> = {
  error: { tone: 'bad' },
  warning: { tone: 'notice' },
  info: { tone: 'info' },
};
