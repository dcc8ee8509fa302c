import { parseObject } from '../../kubernetes/parse';
import { Analysis } from '../Analyzer';

/** What became of each object that is of a kind of the table; of several with one name of the last. */
export function lastStatuses(objects: readonly unknown[]): Map<string, string> {
  const statuses = new Map<string, string>();
  for (const object of objects) {
    const result = parseObject(object);
    if (result.status === 'malformed') {
      const { kindId } = result.malformed;
      statuses.set(keyOf(kindId, result.malformed), result.status);
    } else if (result.status === 'parsed') {
      const { kindId, object: parsed } = result.parsed;
      statuses.set(keyOf(kindId, parsed.metadata), result.status);
    }
  }
  return statuses;
}

/** The objects that an analysis says cannot be read. */
export function unreadable({ findings }: Analysis): Set<string> {
  return new Set(
    findings
      .filter(({ code }) => code === 'MESH-0001')
      .map(({ object }) => keyOf(object.kind, object)),
  );
}

function keyOf(
  kind: string,
  { namespace, name }: { namespace?: string; name: string },
): string {
  return JSON.stringify([kind, namespace, name]);
}
