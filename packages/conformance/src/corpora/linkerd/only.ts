/**
 * What an answer has of the keys of an expectation, at every depth; the rest is not compared. Lists of another
 * length are left as they are, so that the difference shows.
 */
export function only(expected: unknown, actual: unknown): unknown {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return expected.length === actual.length
      ? actual.map((item: unknown, index) => only(expected[index], item))
      : actual;
  }
  if (isRecord(expected) && isRecord(actual)) {
    return Object.fromEntries(
      Object.entries(expected)
        .filter(([key]) => key in actual)
        .map(([key, value]) => [key, only(value, actual[key])]),
    );
  }
  return actual;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
