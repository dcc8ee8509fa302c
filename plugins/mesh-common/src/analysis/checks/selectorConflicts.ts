import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsIn } from '../workloadPods';

/** An object that is for the pods of its namespace with some labels, or for all of them. */
export interface Selecting<T extends KubernetesObject> {
  object: T;
  /** Undefined: all pods of the namespace. */
  labels: Readonly<Record<string, string>> | undefined;
}

/** Others of the same namespace that select a pod which an object selects, and the first such pod. */
export function rivalsOf<T extends KubernetesObject>(
  snapshot: MeshSnapshot,
  own: Required<Selecting<T>>,
  all: readonly Selecting<T>[],
): { rivals: T[]; pod?: string } {
  const rivals = new Set<T>();
  let pod: string | undefined;
  const namespace = namespaceOf(own.object);
  for (const { object, labels } of all) {
    if (object !== own.object && labels && agree(labels, own.labels ?? {})) {
      const [shared] = podsIn(snapshot, namespace, {
        ...labels,
        ...own.labels,
      });
      if (shared) {
        rivals.add(object);
        pod ??= shared.metadata.name;
      }
    }
  }
  return { rivals: [...rivals], ...(pod !== undefined && { pod }) };
}

function agree(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(a).every(
    ([key, value]) => !Object.hasOwn(b, key) || b[key] === value,
  );
}

/** Names for a message, the object's own among them. */
export function namesOf(objects: readonly KubernetesObject[]): string {
  return objects
    .map(({ metadata }) => metadata.name)
    .sort()
    .join(', ');
}
