import { parseDuration } from '../prometheus/promql/duration';
import { ManifestError, type ManifestObject } from './yaml';

/**
 * How long before the start of the sandbox an object was created. Pods are what the rules of that day made of them, so
 * that a cluster has a past: a namespace that was labelled after its pods had started, a proxy that was never updated.
 */
export const AGE_ANNOTATION = 'mesh-sandbox/age';

/** When this state of an older object (one that `history/` holds in its earlier state) was applied. */
export const CHANGED_ANNOTATION = 'mesh-sandbox/changed';

const DEFAULT_AGE = '30d';
/** What a cluster begins with. */
const FIRST_AGE = '120d';
const FIRST_KINDS = ['CustomResourceDefinition', 'Namespace', 'Node'];

export interface Moment {
  /** Milliseconds before the start. */
  age: number;
  objects: ManifestObject[];
}

/**
 * The moments in which the manifests were applied, the oldest first. In one moment an object's kind and namespace come
 * before the object; otherwise the order is that of the files, and so is the age.
 */
export function timeline(
  past: readonly ManifestObject[],
  present: readonly ManifestObject[],
): Moment[] {
  const moments = new Map<number, ManifestObject[]>();
  const add = (age: number, item: ManifestObject) =>
    moments.set(age, [...(moments.get(age) ?? []), item]);
  past.forEach(item => add(ageOf(item, AGE_ANNOTATION), stripped(item)));
  present.forEach(item => {
    const { annotations } = item.object.metadata;
    add(
      ageOf(
        item,
        annotations?.[CHANGED_ANNOTATION] ? CHANGED_ANNOTATION : AGE_ANNOTATION,
      ),
      stripped(item),
    );
  });
  return [...moments]
    .sort(([a], [b]) => b - a)
    .map(([age, objects]) => ({ age, objects: inOrder(objects) }));
}

/** Definitions first, then namespaces, then the rest, each in the order of the files. */
export function inOrder(objects: readonly ManifestObject[]): ManifestObject[] {
  const rank = ({ object }: ManifestObject) =>
    ['CustomResourceDefinition', 'Namespace'].indexOf(object.kind) >>> 0;
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

/** Refuses a file in which an age is none. */
export function checkAges(objects: readonly ManifestObject[]): void {
  for (const item of objects) {
    ageOf(item, AGE_ANNOTATION);
    ageOf(item, CHANGED_ANNOTATION);
  }
}

function ageOf({ object, place }: ManifestObject, annotation: string): number {
  const text =
    object.metadata.annotations?.[annotation] ??
    (FIRST_KINDS.includes(object.kind) ? FIRST_AGE : DEFAULT_AGE);
  const age = parseDuration(text);
  if (age === undefined) {
    throw new ManifestError(
      place,
      `the annotation ${annotation} must be a duration such as 40d, not "${text}"`,
    );
  }
  return age;
}

/** The object without the annotations that are meant for the loader. */
export function stripped({ object, place }: ManifestObject): ManifestObject {
  const { annotations, ...metadata } = object.metadata;
  const {
    [AGE_ANNOTATION]: _age,
    [CHANGED_ANNOTATION]: _changed,
    ...kept
  } = annotations ?? {};
  return {
    place,
    object: {
      ...object,
      metadata: {
        ...metadata,
        ...(Object.keys(kept).length > 0 && { annotations: kept }),
      },
    },
  };
}
