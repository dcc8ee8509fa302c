import SvgIcon from '@material-ui/core/SvgIcon';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import {
  CertificateState,
  ControlPlane,
  ControlPlaneCertificate,
  ControlPlaneState,
  certificateState,
} from 'backstage-plugin-mesh-common';
import { MeshTranslate } from '../../translation';
import { Tone } from '../../theme/tones';

interface Appearance {
  tone: Tone;
  icon?: typeof SvgIcon;
}

/** Unknown looks like nothing that is known. */
export const STATES: { readonly [state in ControlPlaneState]: Appearance } = {
  good: { tone: 'good' },
  info: { tone: 'info' },
  notice: { tone: 'notice' },
  bad: { tone: 'bad' },
  unknown: { tone: 'neutral', icon: HelpOutlineIcon },
};

export const CERTIFICATE_STATES: {
  readonly [state in CertificateState]: Appearance;
} = {
  valid: { tone: 'good' },
  ending: { tone: 'notice' },
  overdue: { tone: 'notice' },
  'not-yet-valid': { tone: 'bad' },
  expired: { tone: 'bad' },
  unknown: { tone: 'neutral', icon: HelpOutlineIcon },
};

/** How a certificate stands, in words that need no colour. */
export function certificateWords(
  t: MeshTranslate,
  certificate: ControlPlaneCertificate,
  now: Date,
): Appearance & { words: string } {
  const { state, daysLeft: count = 0 } = certificateState(certificate, now);
  const words = {
    valid: () => t('controlPlane.certificates.valid', { count }),
    ending: () => t('controlPlane.certificates.ending', { count }),
    overdue: () => t('controlPlane.certificates.overdue', { count }),
    'not-yet-valid': () => t('controlPlane.certificates.notYetValid'),
    expired: () => t('controlPlane.certificates.expired'),
    unknown: () => t('controlPlane.certificates.unknown'),
  }[state]();
  return { ...CERTIFICATE_STATES[state], words };
}

/** Everything about a control plane that is judged. */
function statesOf({
  facts = [],
  components = [],
  webhooks = [],
}: ControlPlane): ControlPlaneState[] {
  return [...facts, ...components, ...webhooks].map(
    ({ answer }) => answer.value,
  );
}

const FROM_WORST: readonly ControlPlaneState[] = ['bad', 'notice', 'unknown'];

function worstOf(states: readonly ControlPlaneState[]): ControlPlaneState {
  return FROM_WORST.find(state => states.includes(state)) ?? 'good';
}

/** How much of a control plane asks for attention, and how much of it is not known. */
export function planeSummary(
  t: MeshTranslate,
  plane: ControlPlane,
): Appearance & { sentence: string } {
  const states = statesOf(plane);
  const attention = states.filter(
    state => state === 'bad' || state === 'notice',
  ).length;
  const unknown = states.filter(state => state === 'unknown').length;
  const sentence =
    attention > 0
      ? t('controlPlane.attention', { count: attention })
      : t('controlPlane.allGood');
  const appearance = STATES[worstOf(states)];
  return {
    ...appearance,
    sentence:
      unknown === 0
        ? sentence
        : t('controlPlane.with', {
            sentence,
            addition: t('controlPlane.unknownCount', { count: unknown }),
          }),
  };
}
