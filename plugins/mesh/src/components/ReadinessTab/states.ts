import SvgIcon from '@material-ui/core/SvgIcon';
import AssignmentTurnedInOutlinedIcon from '@material-ui/icons/AssignmentTurnedInOutlined';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import PanToolOutlinedIcon from '@material-ui/icons/PanToolOutlined';
import {
  ChecklistCounts,
  ChecklistItemResult,
  ChecklistState,
} from 'backstage-plugin-mesh-common';
import { Tone } from '../../theme/tones';
import { MeshTranslate } from '../../translation';

/** How the states of items look. */
export const CHECKLIST_STATES: {
  readonly [state in ChecklistState]: { tone: Tone; icon?: typeof SvgIcon };
} = {
  pass: { tone: 'good' },
  fail: { tone: 'bad' },
  attested: { tone: 'info', icon: AssignmentTurnedInOutlinedIcon },
  waived: { tone: 'notice', icon: PanToolOutlinedIcon },
  unknown: { tone: 'neutral', icon: HelpOutlineIcon },
  'not-applicable': { tone: 'neutral' },
};

/** How many items are met, of those that apply. What is waived or unknown is not met. */
export function progressOf(counts: ChecklistCounts): {
  met: number;
  applicable: number;
} {
  const met = counts.pass + counts.attested;
  return {
    met,
    applicable: met + counts.fail + counts.waived + counts.unknown,
  };
}

/** What the counts come to: never good while something fails or is unknown. */
export function toneOf(counts: ChecklistCounts): Tone {
  if (counts.fail > 0) {
    return 'bad';
  }
  if (counts.waived > 0) {
    return 'notice';
  }
  return counts.unknown > 0 || counts.pass + counts.attested === 0
    ? 'neutral'
    : 'good';
}

/** The counts as a sentence. */
export function countsSentence(
  t: MeshTranslate,
  counts: ChecklistCounts,
): string {
  const { met, applicable } = progressOf(counts);
  return t('readiness.sentence.counts', {
    met: String(met),
    applicable: String(applicable),
    fail: String(counts.fail),
    unknown: String(counts.unknown),
  });
}

/** The state of an item in words, with the cause where it is unknown. */
export function stateText(
  t: MeshTranslate,
  { state, cause }: Pick<ChecklistItemResult, 'state' | 'cause'>,
): string {
  if (state !== 'unknown' || !cause) {
    return t(`readiness.state.${state}`);
  }
  return t('readiness.item.unknown', {
    cause:
      cause === 'not-assessed'
        ? t('readiness.cause.not-assessed')
        : t(`cause.${cause}`),
  });
}
