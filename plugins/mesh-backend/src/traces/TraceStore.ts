import { StoredTrace } from 'backstage-plugin-mesh-common';
import { TraceStoreConfig } from '../config';

/** What a store said. Its message is for people, names the store, and holds no secret. */
export type StoreResult<T> =
  | { status: 'answered'; value: T; askedAt: Date }
  | { status: 'failed'; message: string; askedAt: Date };

/** What traces are looked for by; one span must meet all of it. */
export interface TraceSearch {
  service: string;
  operation?: string;
  tags: Readonly<Record<string, string>>;
  /** With its unit. */
  minDuration?: string;
  maxDuration?: string;
  lookbackSeconds: number;
  limit: number;
}

/** A trace store, whatever it is. Its methods never reject. */
export interface TraceStore {
  readonly config: TraceStoreConfig;
  services(): Promise<StoreResult<readonly string[]>>;
  search(search: TraceSearch): Promise<StoreResult<readonly StoredTrace[]>>;
  /** The trace of an id, in a list that is empty where the store has none. */
  trace(id: string): Promise<StoreResult<readonly StoredTrace[]>>;
  /** Where people look at a trace in the store's own pages. */
  link(id: string): string | undefined;
}
