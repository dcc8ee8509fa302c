import type { ResourceType, StoredObject } from '../store/types';
import type { Status } from './status';

/** What a handler answers; its form on the wire follows from what the client accepts. */
export type ApiAnswer =
  | ObjectAnswer
  | ListAnswer
  | StatusAnswer
  | DocumentAnswer
  | RawAnswer
  | WatchAnswer;

export interface ObjectAnswer {
  type: 'object';
  code: number;
  resource: ResourceType;
  version: string;
  object: StoredObject;
  warnings?: readonly string[];
}

export interface ListAnswer {
  type: 'list';
  resource: ResourceType;
  version: string;
  items: readonly StoredObject[];
  metadata: ListMetadata;
}

export interface ListMetadata {
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

export interface StatusAnswer {
  type: 'status';
  status: Status;
}

/** A document that has one form only. */
export interface DocumentAnswer {
  type: 'document';
  code: number;
  body: unknown;
  contentType?: string;
  headers?: Record<string, string>;
}

/** What is sent as it is, whatever the client accepts. */
export interface RawAnswer {
  type: 'raw';
  code: number;
  contentType: string;
  body: string | Uint8Array;
}

export interface WatchAnswer {
  type: 'watch';
  resource: ResourceType;
  version: string;
  /** Sends events until it is stopped, or ends the watch itself; returns what stops it. */
  start(sink: WatchSink): () => void;
}

export type WatchEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: StoredObject }
  | { type: 'BOOKMARK'; resourceVersion: string; initialEventsEnd: boolean }
  | { type: 'ERROR'; status: Status };

export interface WatchSink {
  send(event: WatchEvent): void;
  end(): void;
}
