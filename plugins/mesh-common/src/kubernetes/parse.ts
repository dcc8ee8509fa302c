import { z } from 'zod';
import { fieldPath } from './fieldPath';
import { KindId, kindIdOf, KINDS, meantKindId, ObjectOf } from './kinds';
import { KubernetesObject, ObjectMeta } from './objects';
import { markPart, readablePart } from './readablePart';

export { fieldPath } from './fieldPath';

/**
 * An object of the table of kinds, as rules read it.
 *
 * @public
 */
export type ParsedObject = {
  [K in KindId]: { kindId: K; object: ObjectOf<K> };
}[KindId];

/**
 * An object that does not have the shape of its kind. Rules treat what it would decide as unknown.
 *
 * @public
 */
export interface MalformedObject {
  kindId: KindId;
  namespace?: string;
  name: string;
  /** Path of the first wrong field, such as `spec.http[0].route[0].weight`. */
  field: string;
  /** What is wrong there, for people. */
  message: string;
  /** What can be read of it, where single elements of its lists are wrong. For analysis alone: no cluster has it. */
  part?: ParsedObject;
}

/**
 * What became of an object that was read.
 *
 * @public
 */
export type ParseResult =
  | { status: 'parsed'; parsed: ParsedObject }
  | { status: 'malformed'; malformed: MalformedObject }
  /** No rule reads this kind. */
  | { status: 'unmodelled'; apiVersion: string; kind: string }
  /** It has no apiVersion, kind or name: not an object of Kubernetes. */
  | { status: 'not-an-object'; message: string };

const headerSchema = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().optional(),
  }),
});

/** No kind has so many levels; what has is made to break who reads it. */
const MAX_DEPTH = 200;

function isTooDeep(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') {
    return false;
  }
  return (
    levels === 0 ||
    Object.values(value).some(member => isTooDeep(member, levels - 1))
  );
}

/**
 * Reads one object as the API or a file gives it. Null members count as absent, as they do for the
 * API server; unknown fields are kept where the kind is kept whole, and dropped otherwise.
 *
 * @public
 */
export function parseObject(
  raw: unknown,
  options: {
    /** Where a namespaced object goes that names none, as `kubectl apply -n` has it. */
    defaultNamespace?: string;
  } = {},
): ParseResult {
  if (isTooDeep(raw, MAX_DEPTH)) {
    return {
      status: 'not-an-object',
      message: `object: it is nested more than ${MAX_DEPTH} levels deep`,
    };
  }
  const clean = withoutNulls(raw);
  const header = headerSchema.safeParse(clean);
  if (!header.success) {
    const { field, message } = describe(header.error);
    return { status: 'not-an-object', message: `${field}: ${message}` };
  }
  const { apiVersion, kind, metadata } = header.data;
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  // What is meant by it is worth to be told, also where the group is wrong: a check says that it is.
  const kindId = kindIdOf(group, kind) ?? meantKindId(group, kind);
  if (!kindId) {
    return { status: 'unmodelled', apiVersion, kind };
  }
  const namespace = KINDS[kindId].namespaced
    ? // An empty namespace is none, as it is for the API server.
      metadata.namespace || options.defaultNamespace || 'default'
    : undefined;
  return parseAs(kindId, header.data, { ...metadata, namespace });
}

function parseAs(
  kindId: KindId,
  clean: object,
  metadata: { name: string; namespace?: string },
): ParseResult {
  const definition = KINDS[kindId];
  const { name, namespace } = metadata;
  const raw = { ...clean, metadata };
  const result = definition.schema.safeParse(raw);
  if (!result.success) {
    const part = partOf(kindId, raw);
    return {
      status: 'malformed',
      malformed: {
        kindId,
        namespace,
        name,
        ...describe(result.error),
        ...(part && { part }),
      },
    };
  }
  return { status: 'parsed', parsed: keptOf(kindId, clean, result.data) };
}

function partOf(kindId: KindId, raw: object): ParsedObject | undefined {
  const schema: z.ZodType<KubernetesObject> = KINDS[kindId].schema;
  const found = readablePart(raw, schema);
  if (!found) {
    return undefined;
  }
  const part = keptOf(kindId, found.raw, found.read);
  markPart(part.object, found.without);
  return part;
}

/** What is kept of an object that the schema of its kind has accepted. */
function keptOf(
  kindId: KindId,
  clean: object,
  read: KubernetesObject,
): ParsedObject {
  const metadata = shownMetadata(read.metadata);
  const object =
    KINDS[kindId].keep === 'whole'
      ? { ...clean, metadata }
      : { ...read, metadata };
  // The schema of the kind has just accepted this object.
  return { kindId, object } as ParsedObject;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The second copy of the object that `kubectl apply` leaves in an annotation is not worth keeping. */
function shownMetadata(metadata: ObjectMeta): ObjectMeta {
  if (!(LAST_APPLIED in metadata.annotations)) {
    return metadata;
  }
  const { [LAST_APPLIED]: _, ...annotations } = metadata.annotations;
  return { ...metadata, annotations };
}

function describe(error: z.ZodError): { field: string; message: string } {
  const issue = deepestIssue(error.issues);
  return {
    field: fieldPath(issue.path) || 'object',
    message: issue.message,
  };
}

function deepestIssue(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  return issues.reduce((a, b) => (b.path.length > a.path.length ? b : a));
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    let changed = false;
    const items = value.map(item => {
      const clean = withoutNulls(item);
      changed ||= clean !== item;
      return clean;
    });
    return changed ? items : value;
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [key, member] of Object.entries(value)) {
    const clean = withoutNulls(member);
    if (clean === null || clean !== member) {
      copy ??= { ...value };
      if (clean === null) {
        delete copy[key];
      } else {
        copy[key] = clean;
      }
    }
  }
  return copy ?? value;
}
