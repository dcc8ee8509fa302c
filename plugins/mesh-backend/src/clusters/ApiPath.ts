import { KindId, KINDS } from 'backstage-plugin-mesh-common';

/** What is asked of a list. */
export interface ListQuery {
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
}

/** What is asked of a watch. */
export interface WatchQuery {
  labelSelector?: string;
  fieldSelector?: string;
  timeoutSeconds: number;
  /** Absent: the watch begins with the objects that are there (watch-list). */
  resourceVersion?: string;
}

/**
 * A path of the Kubernetes API that the mirror may GET. There are no others than these: they are built
 * from the table of kinds, never from what a caller of ours sent.
 */
export class ApiPath {
  readonly #path: string;

  private constructor(path: string, query?: URLSearchParams) {
    this.#path = query?.size ? `${path}?${query}` : path;
  }

  static version(): ApiPath {
    return new ApiPath('/version');
  }

  /** The groups: of the core API, or all others. */
  static discovery(root: 'api' | 'apis'): ApiPath {
    return new ApiPath(`/${root}`);
  }

  /** The resources of one version of the group of a kind. */
  static resources(kindId: KindId, version: string): ApiPath {
    return new ApiPath(groupVersionPath(kindId, version));
  }

  static list(kindId: KindId, version: string, query: ListQuery): ApiPath {
    const search = new URLSearchParams();
    setSelectors(search, query);
    if (query.limit !== undefined) {
      search.set('limit', String(query.limit));
    }
    if (query.continue) {
      search.set('continue', query.continue);
    }
    return new ApiPath(collectionPath(kindId, version), search);
  }

  static watch(kindId: KindId, version: string, query: WatchQuery): ApiPath {
    const search = new URLSearchParams({
      watch: 'true',
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(query.timeoutSeconds),
    });
    setSelectors(search, query);
    if (query.resourceVersion === undefined) {
      search.set('sendInitialEvents', 'true');
      search.set('resourceVersionMatch', 'NotOlderThan');
    } else {
      search.set('resourceVersion', query.resourceVersion);
    }
    return new ApiPath(collectionPath(kindId, version), search);
  }

  toString(): string {
    return this.#path;
  }
}

function setSelectors(
  search: URLSearchParams,
  {
    labelSelector,
    fieldSelector,
  }: Pick<ListQuery, 'labelSelector' | 'fieldSelector'>,
): void {
  if (labelSelector) {
    search.set('labelSelector', labelSelector);
  }
  if (fieldSelector) {
    search.set('fieldSelector', fieldSelector);
  }
}

function groupVersionPath(kindId: KindId, version: string): string {
  const { group } = KINDS[kindId];
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}

function collectionPath(kindId: KindId, version: string): string {
  return `${groupVersionPath(kindId, version)}/${KINDS[kindId].plural}`;
}
