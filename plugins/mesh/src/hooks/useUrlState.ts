import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What the pages keep in the URL, so that a link shows what its sender saw. */
export type UrlKey =
  | 'workload'
  | 'window'
  | 'service'
  | 'from'
  | 'walk'
  | 'walkService'
  | 'reason'
  | 'object'
  | 'field'
  | 'q'
  | 'verdict'
  | 'mesh'
  | 'cluster'
  | 'owner'
  | 'sort'
  | 'page'
  | 'operation'
  | 'tags'
  | 'min'
  | 'max'
  | 'errors'
  | 'lookback'
  | 'limit'
  | 'trace'
  | 'span';

/** Values to set; undefined removes one. */
export type UrlChange = { readonly [key in UrlKey]?: string | undefined };

export interface UrlState {
  get(key: UrlKey): string | undefined;
  /** Changes some of the values. Back undoes it, unless it replaces what was there. */
  set(change: UrlChange, options?: { replace?: boolean }): void;
}

/** Reads and writes values of the URL's query. */
export function useUrlState(): UrlState {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (change: UrlChange, options?: { replace?: boolean }) =>
      setParams(
        before => {
          const next = new URLSearchParams(before);
          for (const [key, value] of Object.entries(change)) {
            if (value === undefined || value === '') {
              next.delete(key);
            } else {
              next.set(key, value);
            }
          }
          return next;
        },
        { replace: options?.replace ?? false },
      ),
    [setParams],
  );
  return { get: key => params.get(key) ?? undefined, set };
}
