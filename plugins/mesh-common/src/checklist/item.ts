import { ChecklistDecision } from '../contract/readiness';
import { Measurement } from './measurement';

/**
 * One item of the checklist.
 *
 * @public
 */
export interface ChecklistItem {
  /** `security-setup.configure-network-policies`: its section and its words. */
  id: string;
  title: string;
  decidedBy: ChecklistDecision;
  /** What exactly is looked at, in a sentence. */
  looksAt: string;
  measurement?: Measurement;
}

/**
 * A section of the checklist with its items, in their order.
 *
 * @public
 */
export interface ChecklistSection {
  id: string;
  title: string;
  items: readonly ChecklistItem[];
}

type Draft = Omit<ChecklistItem, 'id'>;

/** An item that rules alone decide. */
export function measured(title: string, measurement: Measurement): Draft {
  const { looksAt } = measurement;
  return { title, decidedBy: 'measured', looksAt, measurement };
}

/** An item that rules decide where they find it, and a person where they do not. */
export function either(title: string, measurement: Measurement): Draft {
  return { ...measured(title, measurement), decidedBy: 'both' };
}

/** An item that only a person can vouch for. */
export function attested(title: string, looksAt: string): Draft {
  return { title, decidedBy: 'attested', looksAt };
}

export function section(
  title: string,
  items: readonly Draft[],
): ChecklistSection {
  const id = slug(title);
  return {
    id,
    title,
    items: items.map(item => ({ id: `${id}.${slug(item.title)}`, ...item })),
  };
}

function slug(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
