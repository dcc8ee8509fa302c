import type { MeshSnapshot } from './MeshSnapshot';

/**
 * A question that many ask of a snapshot in the same words, such as which pods have some labels.
 *
 * @public
 */
export interface Question<T> {
  answer(snapshot: MeshSnapshot, key: string): T;
  /** Whether two answers are the same to those who ask. */
  same(a: T, b: T): boolean;
}

/**
 * A function of a snapshot and a text that is answered once for each snapshot. Who asks depends on the answer, and not
 * on everything that was read to find it: where an object changes and the answer stays the same, nothing that follows
 * from it is computed again.
 */
export function defineQuestion<T>(
  answer: Question<T>['answer'],
  same: Question<T>['same'],
): (snapshot: MeshSnapshot, key: string) => T {
  const question: Question<T> = { answer, same };
  return (snapshot, key) => snapshot.ask(question, key);
}

/** Whether two lists have the same items in the same order. */
export function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
