import { useApiHolder } from '@backstage/core-plugin-api';
import {
  entityPresentationApiRef,
  entityPresentationSnapshot,
} from '@backstage/plugin-catalog-react';
import { useEffect, useMemo, useState } from 'react';

/**
 * What entities are called where only text can be shown, such as in the list of a select field: their titles, as links
 * have them. Of two that are called the same, each is told by its reference as well.
 */
export function useEntityTitles(
  refs: readonly string[],
  defaultKind: string,
): ReadonlyMap<string, string> {
  const api = useApiHolder().get(entityPresentationApiRef);
  const key = refs.join();
  const [loaded, setLoaded] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let isCurrent = true;
    const wanted = key === '' ? [] : key.split(',');
    Promise.all(
      wanted.map(async (ref): Promise<[string, string]> => {
        const presentation = api?.forEntity(ref, { defaultKind });
        const { primaryTitle } =
          (await presentation?.promise) ??
          entityPresentationSnapshot(ref, { defaultKind });
        return [ref, primaryTitle];
      }),
    ).then(titles => {
      if (isCurrent) {
        setLoaded(new Map(titles));
      }
    });
    return () => {
      isCurrent = false;
    };
  }, [api, key, defaultKind]);
  return useMemo(() => {
    const titles = new Map(
      (key === '' ? [] : key.split(',')).map((ref): [string, string] => [
        ref,
        loaded.get(ref) ??
          entityPresentationSnapshot(ref, { defaultKind }, api).primaryTitle,
      ]),
    );
    const all = [...titles.values()];
    return new Map(
      [...titles].map(([ref, title]) => [
        ref,
        all.filter(other => other === title).length > 1
          ? `${title} (${ref})`
          : title,
      ]),
    );
  }, [loaded, key, defaultKind, api]);
}
