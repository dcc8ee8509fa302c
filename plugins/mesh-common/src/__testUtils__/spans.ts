import { SpanProcess, StoredSpan } from '../traces/model';

export const PAGE: SpanProcess = { service: 'page', attributes: {} };

/** A span of a test: ids may be short. */
export function testSpan(
  id: string,
  overrides: Partial<StoredSpan> = {},
): StoredSpan {
  return {
    id,
    name: id,
    kind: 'internal',
    startUs: 0,
    durationUs: 100,
    process: PAGE,
    attributes: {},
    events: [],
    warnings: [],
    ...overrides,
  };
}
