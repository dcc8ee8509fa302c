import { KindDefinition, KindId, KINDS } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { ClusterApi } from './ClusterApi';

const PAGE_SIZE = 500;
const TRIES = 3;

const pageSchema = z.object({
  metadata: z.object({ continue: z.string().optional() }),
  items: z.array(z.looseObject({})).nullish(),
});

/** What was made of the objects of a kind, or why there are none. */
export type KindList<T> =
  | { state: 'read'; items: T[] }
  | { state: 'absent' | 'forbidden' | 'unreachable'; message: string };

interface Listed<T> {
  kindId: KindId;
  path: string;
  /** Takes an object as it comes, so that not all of them are held as the API gives them. */
  take(item: object): T;
}

/**
 * Lists a kind page by page, at each of the label selectors that the table has for it: an object with the labels of
 * several of them comes several times.
 */
export async function listKind<T>(
  api: ClusterApi,
  listed: Listed<T>,
): Promise<KindList<T>> {
  const { labelSelectors = [''] }: KindDefinition = KINDS[listed.kindId];
  const items: T[] = [];
  for (const labelSelector of labelSelectors) {
    const list = await listSelected(api, listed, labelSelector);
    if (list.state !== 'read') {
      return list;
    }
    list.items.forEach(item => items.push(item));
  }
  return { state: 'read', items };
}

async function listSelected<T>(
  api: ClusterApi,
  listed: Listed<T>,
  labelSelector: string,
): Promise<KindList<T>> {
  for (let tries = 1; ; tries += 1) {
    const list = await pages(api, listed, labelSelector);
    if (list !== 'expired') {
      return list;
    }
    if (tries === TRIES) {
      return {
        state: 'unreachable',
        message: `${listed.kindId} changes faster than it can be read: its pages have expired ${TRIES} times`,
      };
    }
  }
}

async function pages<T>(
  api: ClusterApi,
  { path, take }: Listed<T>,
  labelSelector: string,
): Promise<KindList<T> | 'expired'> {
  const items: T[] = [];
  let next: string | undefined;
  do {
    const query = new URLSearchParams({
      limit: String(PAGE_SIZE),
      ...(labelSelector && { labelSelector }),
      ...(next && { continue: next }),
    });
    const { status, body, message } = await api.get(`${path}?${query}`);
    if (status === 410 && next) {
      return 'expired';
    }
    const page = pageSchema.safeParse(body);
    if (status !== 200 || !page.success) {
      return { state: stateOf(status), message };
    }
    items.push(...(page.data.items ?? []).map(take));
    next = page.data.metadata.continue;
  } while (next);
  return { state: 'read', items };
}

function stateOf(status: number): 'absent' | 'forbidden' | 'unreachable' {
  switch (status) {
    case 403:
      return 'forbidden';
    case 404:
      return 'absent';
    default:
      return 'unreachable';
  }
}
