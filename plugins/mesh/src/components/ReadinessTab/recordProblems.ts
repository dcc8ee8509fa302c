import { ResponseError } from '@backstage/errors';
import {
  checklistRecordBodySchema,
  dayOf,
  latestRecordDay,
  MAX_CHECKLIST_REASON,
} from 'backstage-plugin-mesh-common';
import { MeshTranslate } from '../../translation';

export const RECORD_FIELDS = ['reason', 'link', 'expires'] as const;
export type RecordField = (typeof RECORD_FIELDS)[number];
export type RecordValues = Record<RecordField, string>;
export type RecordProblems = Partial<Record<RecordField, string>>;

/** What is wrong with each field, in words; empty where all can be sent. */
export function recordProblems(
  t: MeshTranslate,
  values: RecordValues,
  fields: readonly RecordField[],
  now: Date,
): RecordProblems {
  return Object.fromEntries(
    fields.flatMap(field => {
      const problem = problemOf(t, field, values[field].trim(), now);
      return problem === undefined ? [] : [[field, problem]];
    }),
  );
}

function problemOf(
  t: MeshTranslate,
  field: RecordField,
  text: string,
  now: Date,
): string | undefined {
  const { shape } = checklistRecordBodySchema;
  if (field === 'reason') {
    if (text === '') {
      return t('readiness.problem.noReason');
    }
    return text.length > MAX_CHECKLIST_REASON
      ? t('readiness.problem.longReason', { max: String(MAX_CHECKLIST_REASON) })
      : undefined;
  }
  if (field === 'link') {
    return text === '' || shape.link.safeParse(text).success
      ? undefined
      : t('readiness.problem.link');
  }
  if (!shape.expires.safeParse(text).success) {
    return t('readiness.problem.noDay');
  }
  if (text < dayOf(now)) {
    return t('readiness.problem.past');
  }
  const latest = latestRecordDay(now);
  return text > latest ? t('readiness.problem.far', { latest }) : undefined;
}

/** What the backend refuses of each field, and what it says besides. */
export function refusedFields(error: Error): {
  fields: RecordProblems;
  isOfFieldsOnly: boolean;
} {
  const { message } = ResponseError.is(error) ? error.cause : error;
  const parts = message.split(/; (?=(?:Invalid|Unknown) body member )/);
  const fields: RecordProblems = {};
  for (const part of parts) {
    const [, name, cause] =
      /^Invalid body member "(\w+)": (.+)$/s.exec(part) ?? [];
    const field = RECORD_FIELDS.find(each => each === name);
    if (field) {
      fields[field] = `${cause.slice(0, 1).toUpperCase()}${cause.slice(1)}`;
    }
  }
  return {
    fields,
    isOfFieldsOnly: Object.keys(fields).length === parts.length,
  };
}
