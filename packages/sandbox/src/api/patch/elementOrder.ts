import { equalJson, isRecord, own } from '../../store/values';
import { badRequest } from '../status';

/** The directive by which a patch orders a list: `$setElementOrder/containers`. */
export const ELEMENT_ORDER = '$setElementOrder/';

/** The items of a patch that an order names come in that order. */
export function checkOrder(
  patch: readonly unknown[],
  order: readonly unknown[],
  mergeKey: string | undefined,
): void {
  const places = patch
    .map(item => placeIn(order, item, mergeKey))
    .filter(place => place >= 0);
  if (places.some((place, index) => place < places[index - 1])) {
    throw badRequest(
      `the order in the patch list does not match its ${ELEMENT_ORDER}list`,
    );
  }
}

/** Where in a list the item with the same key is. */
function placeIn(
  list: readonly unknown[],
  item: unknown,
  mergeKey: string | undefined,
): number {
  const keyOf = (value: unknown) =>
    mergeKey !== undefined && isRecord(value) ? own(value, mergeKey) : value;
  return list.findIndex(other => equalJson(keyOf(other), keyOf(item)));
}

/**
 * The items that an order names, in that order, and the others between them: each before the first named item that it
 * preceded before the patch, the last behind all.
 */
export function inOrder(
  items: readonly unknown[],
  order: readonly unknown[],
  before: readonly unknown[],
  mergeKey: string | undefined,
): unknown[] {
  const place = (list: readonly unknown[], item: unknown) =>
    placeIn(list, item, mergeKey);
  const named = items
    .filter(item => place(order, item) >= 0)
    .sort((a, b) => place(order, a) - place(order, b));
  const others = items.filter(item => place(order, item) < 0);
  const result: unknown[] = [];
  while (named.length > 0 && others.length > 0) {
    const [other] = others;
    const [next] = named;
    const precedes =
      place(before, next) >= 0 && place(before, other) < place(before, next);
    result.push(precedes ? others.shift() : named.shift());
  }
  return [...result, ...others, ...named];
}
