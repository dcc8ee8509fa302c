import { KindId } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { ApiError, jsonOrUndefined, refusalOf } from './apiErrors';
import { ApiPath, ListQuery } from './ApiPath';
import { ClusterTransport } from './ClusterTransport';
import { bodyText } from './lines';

const PAGE_SIZE = 500;
const IDLE_TIMEOUT_MS = 60_000;

const pageSchema = z.object({
  metadata: z.object({
    resourceVersion: z.string().optional(),
    continue: z.string().optional(),
  }),
  items: z.array(z.looseObject({})).nullish(),
});

export interface Page {
  items: readonly object[];
  resourceVersion?: string;
}

/**
 * The pages of a list. The expiry of a continue token (410) ends it with the error `expired`: the list must
 * begin anew.
 */
export async function* listPages(
  source: {
    transport: ClusterTransport;
    cluster: string;
    kindId: KindId;
    version: string;
    signal: AbortSignal;
  },
  query: Omit<ListQuery, 'continue'>,
): AsyncIterable<Page> {
  const { transport, cluster, kindId, version, signal } = source;
  let next: string | undefined;
  do {
    const response = await transport.get({
      cluster,
      path: ApiPath.list(kindId, version, {
        limit: PAGE_SIZE,
        ...query,
        continue: next,
      }),
      idleTimeoutMs: IDLE_TIMEOUT_MS,
      signal,
    });
    if (response.status !== 200) {
      throw await refusalOf(response, kindId);
    }
    const page = pageSchema.safeParse(
      jsonOrUndefined(await bodyText(response.body)),
    );
    if (!page.success) {
      throw new ApiError('failed', 'the answer is not a list of Kubernetes');
    }
    const { metadata, items } = page.data;
    yield { items: items ?? [], resourceVersion: metadata.resourceVersion };
    next = metadata.continue;
  } while (next);
}
