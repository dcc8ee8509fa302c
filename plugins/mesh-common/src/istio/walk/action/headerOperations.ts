import { HeaderChanges } from '../../objectParts';
import { isReserved } from '../../routing/headers';
import { HeaderOperations } from '../../../mesh/walk/headers';

type Direction = 'request' | 'response';

/**
 * What of the header operations of a rule, and of its destination where it has one, is done. Operations on names
 * that HTTP reserves are not.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `TranslateHeadersOperations`, `processDestination`.
 */
export function headerOperations(
  direction: Direction,
  ...written: readonly (HeaderChanges | undefined)[]
): HeaderOperations | undefined {
  const operations = written.flatMap(headers => headers?.[direction] ?? []);
  const set = entriesOf(operations.map(one => one.set));
  const add = entriesOf(operations.map(one => one.add));
  const remove = operations
    .flatMap(one => one.remove ?? [])
    .filter(name => !isReserved(name));
  const done = {
    ...(set.length > 0 && { set: Object.fromEntries(set) }),
    ...(add.length > 0 && { add: joined(add) }),
    ...(remove.length > 0 && { remove }),
  };
  return Object.keys(done).length > 0 ? done : undefined;
}

function entriesOf(
  records: readonly (Readonly<Record<string, string>> | undefined)[],
): [string, string][] {
  return records
    .flatMap(record => Object.entries(record ?? {}))
    .filter(([name]) => !isReserved(name));
}

/** What is added to one header twice is there twice, which is what a list in one value means. */
function joined(entries: readonly [string, string][]): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of entries) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
}
