import { ObjectRef } from 'backstage-plugin-mesh-common';
import { objectKey } from './namedObjects';

/** Those items that are about the objects of the given keys, in their order in the list. */
export type ItemsAbout<T> = (keys: Iterable<string>) => T[];

/** Prepares a list to be asked for the items about objects. */
export function byObject<T>(
  items: readonly T[],
  objectOf: (item: T) => ObjectRef,
): ItemsAbout<T> {
  const places = new Map<string, number[]>();
  items.forEach((item, place) => {
    const key = objectKey(objectOf(item));
    const known = places.get(key);
    if (known) {
      known.push(place);
    } else {
      places.set(key, [place]);
    }
  });
  return keys =>
    [...keys]
      .flatMap(key => places.get(key) ?? [])
      .sort((a, b) => a - b)
      .map(place => items[place]);
}
