import type { Schema } from '../../store/schema/types';
import type { StoredObject } from '../../store/types';
import { isRecord } from '../../store/values';
import { compare } from './compare';
import { difference, emptySet, union, type FieldSet } from './fieldSet';
import { fieldsOf } from './fieldsOf';
import { withoutManagers, type Writer } from './track';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * What kubectl applied on the client's side and nobody changed since: `kubectl apply --server-side` takes it over
 * without a conflict.
 */
export function fieldsOfClientSideApply(
  schema: Schema | undefined,
  live: StoredObject,
  writer: Writer,
): FieldSet {
  const text = live.metadata.annotations?.[LAST_APPLIED];
  if (writer.name !== 'kubectl' || !text) {
    return emptySet;
  }
  let configuration: unknown;
  try {
    configuration = JSON.parse(text);
  } catch {
    // An annotation that is no JSON was not written by kubectl: then it allows nothing.
    return emptySet;
  }
  const { added, modified, removed } = compare(
    schema,
    configuration,
    withoutManagers(live),
  );
  return difference(
    fieldsOf(schema, configuration),
    union(union(added, modified), removed),
  );
}

/** The object with an up-to-date record of kubectl's client-side apply, where it has one. */
export function withLastApplied(
  object: StoredObject,
  configuration: StoredObject,
  writer: Writer,
): StoredObject {
  const { annotations } = object.metadata;
  if (writer.name !== 'kubectl' || !annotations?.[LAST_APPLIED]) {
    return object;
  }
  const { annotations: own = {}, ...metadata } = configuration.metadata;
  const { [LAST_APPLIED]: _record, ...others } = own;
  const record = sortedJson({
    ...configuration,
    metadata: {
      ...metadata,
      ...(Object.keys(others).length > 0 && { annotations: others }),
    },
  });
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...annotations, [LAST_APPLIED]: `${record}\n` },
    },
  };
}

/** JSON with the members in the order of their names, as Go writes it. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    isRecord(member)
      ? Object.fromEntries(
          Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : member,
  );
}
