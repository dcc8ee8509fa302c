import { InputError, NotFoundError } from '@backstage/errors';
import {
  ChecklistItem,
  checklistItem,
  ChecklistRecord,
  ChecklistRecordBody,
  ChecklistRecordKind,
  dayOf,
  latestRecordDay,
} from 'backstage-plugin-mesh-common';
import { ChecklistStore } from './ChecklistStore';

/** The item that a person may say this about. Throws InputError that names it where there is none. */
export function itemFor(kind: ChecklistRecordKind, id: string): ChecklistItem {
  const item = checklistItem(id);
  if (!item) {
    throw new InputError(
      `Invalid path parameter "item": there is no checklist item "${id}"`,
    );
  }
  if (kind === 'attestation' && item.decidedBy === 'measured') {
    throw new InputError(
      `Invalid path parameter "item": "${id}" is measured, and cannot be attested; it can be waived`,
    );
  }
  return item;
}

/** Writes down what a person says about an item. Throws InputError where the last day is over, or far away. */
export async function addRecord(
  records: ChecklistStore,
  entityRef: string,
  record: ChecklistRecordBody & {
    item: string;
    kind: ChecklistRecordKind;
    by: string;
  },
  now: Date,
): Promise<ChecklistRecord> {
  const { by, expires, ...rest } = record;
  const latest = latestRecordDay(now);
  if (expires < dayOf(now)) {
    throw new InputError(
      `Invalid body member "expires": ${expires} is in the past; the last day may be today (${dayOf(
        now,
      )}, UTC) or later`,
    );
  }
  if (expires > latest) {
    throw new InputError(
      `Invalid body member "expires": ${expires} is more than two years away; the last day may be ${latest} at most`,
    );
  }
  return records.add(entityRef, { ...rest, expires, createdBy: by });
}

/** The record of an entity. Throws NotFoundError where there is none. */
export async function recordFor(
  records: ChecklistStore,
  entityRef: string,
  id: string,
): Promise<ChecklistRecord> {
  const record = await records.record(entityRef, id);
  if (!record) {
    throw new NotFoundError(`There is no record ${id} of ${entityRef}`);
  }
  return record;
}
