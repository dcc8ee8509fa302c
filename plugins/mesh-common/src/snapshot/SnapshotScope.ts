import { KindId } from '../kubernetes/kinds';
import type { Question } from './defineQuestion';
import type { MeshSnapshot } from './MeshSnapshot';
import { Buckets } from './SnapshotDraft';

/**
 * What of a cluster somebody does not see, such as a control plane that watches some namespaces only.
 *
 * @public
 */
export interface SnapshotScope {
  /** Whether all of this snapshot is seen. */
  isWhole(snapshot: MeshSnapshot): boolean;
  /** Whether the objects of a kind in a namespace are not seen. */
  hides(snapshot: MeshSnapshot, kindId: KindId, namespace: string): boolean;
}

/** By all buckets and the names of those that are left out, so that what is left keeps its identity. */
const shown = new WeakMap<Buckets, Map<string, Buckets>>();

/** The buckets without some namespaces; the same ones where none of these is among them. */
export function withoutNamespaces(
  buckets: Buckets,
  isHidden: (namespace: string) => boolean,
): Buckets {
  const hidden = [...buckets.keys()].filter(isHidden);
  if (hidden.length === 0) {
    return buckets;
  }
  const byHidden = shown.get(buckets) ?? new Map<string, Buckets>();
  shown.set(buckets, byHidden);
  const key = hidden.join(' ');
  const known =
    byHidden.get(key) ??
    new Map([...buckets].filter(([namespace]) => !hidden.includes(namespace)));
  byHidden.set(key, known);
  return known;
}

const inScopes = new WeakMap<
  SnapshotScope,
  WeakMap<Question<unknown>, Question<unknown>>
>();

/** The same question, about what of a snapshot is in a scope. */
export function inScope<T>(
  question: Question<T>,
  scope: SnapshotScope,
): Question<T> {
  const known =
    inScopes.get(scope) ?? new WeakMap<Question<unknown>, Question<unknown>>();
  inScopes.set(scope, known);
  const made: Question<unknown> = known.get(question as Question<unknown>) ?? {
    answer: (snapshot, key) => question.answer(snapshot.scoped(scope), key),
    same: (a, b) => question.same(a as T, b as T),
  };
  known.set(question as Question<unknown>, made);
  return made as Question<T>;
}
