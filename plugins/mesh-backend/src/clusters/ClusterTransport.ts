import { ApiPath } from './ApiPath';

/** A cluster that an operator has configured. */
export interface ClusterInfo {
  name: string;
  title?: string;
  /** Link to its own dashboard. */
  dashboardUrl?: string;
  /** Why it cannot be read in the background, for people; absent where it can. */
  unsupportedAuth?: string;
}

/** The configured clusters, or why they are not known. */
export type ClusterList =
  | { status: 'listed'; clusters: readonly ClusterInfo[] }
  /** Nothing is there that would list clusters. */
  | { status: 'not-configured'; message: string }
  | { status: 'unreachable'; message: string };

export interface ClusterRequest {
  cluster: string;
  path: ApiPath;
  accept?: string;
  /** The request fails when no byte came for so long. */
  idleTimeoutMs: number;
  signal: AbortSignal;
}

/** What the API server of the cluster answered, whatever the status. */
export interface ClusterResponse {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
  /** Must be read to its end, or left by `break`, which closes the connection. */
  body: AsyncIterable<Uint8Array>;
}

/** The cluster gave no answer: a network failure, a timeout, or something on the way that answered instead. */
export class ClusterUnreachableError extends Error {
  override name = 'ClusterUnreachableError';
}

/** The way to the clusters: which there are, and GET requests to their APIs. */
export interface ClusterTransport {
  /** Never rejects but when aborted. */
  clusters(signal: AbortSignal): Promise<ClusterList>;
  /** Rejects with ClusterUnreachableError where the cluster gave no answer. */
  get(request: ClusterRequest): Promise<ClusterResponse>;
}
