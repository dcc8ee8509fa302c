import {
  ChecklistCounts,
  ChecklistItemResult,
  ChecklistRecord,
  ChecklistRecordKind,
  ChecklistSectionResult,
} from '../contract/readiness';
import { CHECKLIST } from './checklist';
import { Measured } from './combine';
import { ChecklistItem } from './item';

/**
 * The day of a moment in UTC, as YYYY-MM-DD.
 *
 * @public
 */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** The longest that something may be vouched for or waived: then it is looked at again. */
const MAX_RECORD_DAYS = 731;

const DAY_MS = 86_400_000;

/**
 * The latest day that a record which is made now may count until.
 *
 * @public
 */
export function latestRecordDay(now: Date): string {
  return dayOf(new Date(now.getTime() + MAX_RECORD_DAYS * DAY_MS));
}

/**
 * Whether a record counts no longer: its last day is over.
 *
 * @public
 */
export function isExpired({ expires }: ChecklistRecord, now: Date): boolean {
  return expires < dayOf(now);
}

/**
 * The checklist of one entity: what was measured, and the records of people on top of it.
 *
 * - Of the records of a kind only the newest counts, and not once it is revoked or has expired.
 * - An item that passes passes, whatever was said of it.
 * - An attestation counts for items that a person may decide; a waiver for every item.
 * - What has expired is said, and the item is what it is without it.
 *
 * @public
 */
export function decideChecklist(
  measured: ReadonlyMap<string, Measured>,
  records: readonly ChecklistRecord[],
  now: Date,
): ChecklistSectionResult[] {
  const newest = newestRecords(records);
  return CHECKLIST.map(({ id, title, items }) => {
    const results = items.map(item =>
      decideItem(item, measured.get(item.id), newest, now),
    );
    return { id, title, counts: countStates(results), items: results };
  });
}

/**
 * How many items there are in each state.
 *
 * @public
 */
export function countStates(
  items: readonly Pick<ChecklistItemResult, 'state'>[],
): ChecklistCounts {
  const counts: ChecklistCounts = {
    pass: 0,
    fail: 0,
    attested: 0,
    waived: 0,
    unknown: 0,
    'not-applicable': 0,
  };
  for (const { state } of items) {
    counts[state] += 1;
  }
  return counts;
}

/**
 * The sum of counts.
 *
 * @public
 */
export function sumCounts(all: readonly ChecklistCounts[]): ChecklistCounts {
  const sum = countStates([]);
  for (const counts of all) {
    for (const key of Object.keys(sum) as (keyof ChecklistCounts)[]) {
      sum[key] += counts[key];
    }
  }
  return sum;
}

type Newest = ReadonlyMap<string, ChecklistRecord>;

function newestRecords(records: readonly ChecklistRecord[]): Newest {
  const newest = new Map<string, ChecklistRecord>();
  for (const record of records) {
    const key = keyOf(record.item, record.kind);
    const known = newest.get(key);
    if (!known || isNewer(record, known)) {
      newest.set(key, record);
    }
  }
  return newest;
}

/** Of two records of one instant, which several replicas may write, all readers take the same one. */
function isNewer(a: ChecklistRecord, b: ChecklistRecord): boolean {
  return a.createdAt === b.createdAt ? a.id > b.id : a.createdAt > b.createdAt;
}

function keyOf(item: string, kind: ChecklistRecordKind): string {
  return `${kind} ${item}`;
}

function decideItem(
  item: ChecklistItem,
  measured: Measured | undefined,
  newest: Newest,
  now: Date,
): ChecklistItemResult {
  const { id, title, decidedBy, looksAt } = item;
  const attestation = newest.get(keyOf(id, 'attestation'));
  const waiver = newest.get(keyOf(id, 'waiver'));
  const base = measured ?? notAssessed(item);
  const common = {
    id,
    title,
    decidedBy,
    looksAt,
    reasons: base.reasons,
    ...(attestation && { attestation }),
    ...(waiver && { waiver }),
  };
  const inForce = (record: ChecklistRecord | undefined) =>
    record && !record.revoked && !isExpired(record, now) ? record : undefined;
  const vouched = decidedBy === 'measured' ? undefined : inForce(attestation);
  const deciding = vouched ?? inForce(waiver);
  if (base.state !== 'pass' && deciding) {
    return {
      ...common,
      state: vouched ? 'attested' : 'waived',
      evidence: deciding.reason,
      ...(measured && { measured: measured.state }),
    };
  }
  const expired =
    base.state === 'pass'
      ? []
      : [attestation, waiver].filter(
          record => record && !record.revoked && isExpired(record, now),
        );
  return {
    ...common,
    state: base.state,
    ...(base.cause && { cause: base.cause }),
    evidence: base.evidence,
    ...(expired[0] && { expired: expiryText(expired[0]) }),
  };
}

function notAssessed({ decidedBy }: ChecklistItem): Measured {
  return {
    state: 'unknown',
    cause: 'not-assessed',
    evidence:
      decidedBy === 'attested'
        ? 'Nobody has attested it'
        : 'It has not been measured',
    reasons: [],
  };
}

function expiryText({ kind, createdBy, expires }: ChecklistRecord): string {
  return `The ${kind} by ${createdBy} expired: its last day was ${expires}`;
}
