import {
  DEFAULT_TRACE_LIMIT,
  DEFAULT_TRACE_LOOKBACK,
  parseTags,
  RouteQuery,
  TagSyntaxError,
  TRACE_LIMITS,
  TRACE_LOOKBACKS,
  traceSearchQuerySchema,
} from 'backstage-plugin-mesh-common';
import { UrlState } from '../../hooks/useUrlState';

/** What the fields of the filter say, as written. */
export interface TraceFilter {
  service: string;
  operation: string;
  tags: string;
  min: string;
  max: string;
  errors: boolean;
  lookback: number;
  limit: number;
}

/** The fields whose text may be wrong. */
export const TEXT_FIELDS = ['operation', 'tags', 'min', 'max'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** The filter of the URL; the default where the URL has what cannot be asked for. */
export function traceFilterOf(url: UrlState): TraceFilter {
  const chosen = <T extends number>(
    values: readonly T[],
    key: 'lookback' | 'limit',
    fallback: T,
  ) => values.find(value => String(value) === url.get(key)) ?? fallback;
  return {
    service: url.get('service') ?? '',
    operation: url.get('operation') ?? '',
    tags: url.get('tags') ?? '',
    min: url.get('min') ?? '',
    max: url.get('max') ?? '',
    errors: url.get('errors') === 'true',
    lookback: chosen(TRACE_LOOKBACKS, 'lookback', DEFAULT_TRACE_LOOKBACK),
    limit: chosen(TRACE_LIMITS, 'limit', DEFAULT_TRACE_LIMIT),
  };
}

/** Whether what a field says can be asked for. */
function isReadable(field: TextField, text: string): boolean {
  if (text === '') {
    return true;
  }
  const { shape } = traceSearchQuerySchema;
  switch (field) {
    case 'min':
      return shape.minDuration.safeParse(text).success;
    case 'max':
      return shape.maxDuration.safeParse(text).success;
    case 'tags':
      return shape.tags.safeParse(text).success && areTags(text);
    default:
      return shape.operation.safeParse(text).success;
  }
}

/** Why a field is not applied: its text cannot be read, or nothing is as long and as short as is asked. */
export type FilterProblem = 'unreadable' | 'emptyRange';

/** What is wrong with the fields. Such a field is not applied; the others are. */
export function filterProblems(
  texts: Readonly<Record<TextField, string>>,
): Partial<Record<TextField, FilterProblem>> {
  const problems: Partial<Record<TextField, FilterProblem>> = {};
  for (const field of TEXT_FIELDS) {
    if (!isReadable(field, texts[field])) {
      problems[field] = 'unreadable';
    }
  }
  const { min, max } = texts;
  const areDurations =
    min !== '' && max !== '' && !problems.min && !problems.max;
  if (areDurations && microsecondsOf(min) > microsecondsOf(max)) {
    problems.max = 'emptyRange';
  }
  return problems;
}

/** What the backend is asked: all of the filter that can be. */
export function traceQueryOf(filter: TraceFilter): RouteQuery<'traces'> {
  const { service, errors, lookback, limit } = filter;
  const problems = filterProblems(filter);
  const readable = (field: TextField) =>
    filter[field] !== '' && !problems[field];
  return {
    ...(service && { service }),
    ...(readable('operation') && { operation: filter.operation }),
    ...(readable('tags') && { tags: filter.tags }),
    ...(readable('min') && { minDuration: filter.min }),
    ...(readable('max') && { maxDuration: filter.max }),
    ...(errors && { errors: 'true' as const }),
    lookback: String(lookback),
    limit: String(limit),
  };
}

/** Whether anything but time and number is asked for. */
export function isNarrowed(filter: TraceFilter): boolean {
  const { service, operation, tags, min, max, errors } = filter;
  return errors || [service, operation, tags, min, max].some(Boolean);
}

function areTags(text: string): boolean {
  try {
    parseTags(text);
    return true;
  } catch (error) {
    if (error instanceof TagSyntaxError) {
      return false;
    }
    throw error;
  }
}

const MICROSECONDS: Readonly<Record<string, number>> = {
  us: 1,
  µs: 1,
  ms: 1e3,
  s: 1e6,
  m: 6e7,
  h: 3.6e9,
};

/** Of a duration that can be read. */
function microsecondsOf(text: string): number {
  const [, amount, unit] = /^([\d.]+)(.+)$/.exec(text) ?? [];
  return Number(amount) * MICROSECONDS[unit];
}
