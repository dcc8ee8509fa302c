import type { ResourceRequest } from '../api/requestInfo';

/** What a cluster does wrong, for tests and demonstrations. */
export interface Fault {
  /** Answers come this much later. */
  latencyMs?: number;
  /** Every answer is this refusal. */
  status?: 401 | 403 | 429 | 500 | 503;
  /** The refusal is an HTML page, as a proxy before the API server makes one. */
  html?: boolean;
  /** Running watches break off, and new ones as soon as they have begun. */
  dropWatches?: boolean;
  /** Only requests for this group or resource fail. */
  only?: { group?: string; resource?: string };
}

/** The faults of one server; they hold from the moment they are set until they are cleared. */
export class Faults {
  #fault: Fault | undefined;
  readonly #watches = new Set<{
    resource: ResourceRequest | undefined;
    drop: () => void;
  }>();

  static create(): Faults {
    return new Faults();
  }

  set(fault: Fault): void {
    this.#fault = fault;
    [...this.#watches]
      .filter(({ resource }) => this.of(resource)?.dropWatches)
      .forEach(({ drop }) => drop());
  }

  clear(): void {
    this.#fault = undefined;
  }

  /** The fault that a request meets. */
  of(resource: ResourceRequest | undefined): Fault | undefined {
    const only = this.#fault?.only;
    const meets =
      !only ||
      (resource !== undefined &&
        (only.group === undefined || only.group === resource.group) &&
        (only.resource === undefined || only.resource === resource.plural));
    return meets ? this.#fault : undefined;
  }

  /** Lets a running watch be dropped; returns what is called when it has ended. */
  watching(
    resource: ResourceRequest | undefined,
    drop: () => void,
  ): () => void {
    const watch = { resource, drop };
    this.#watches.add(watch);
    return () => {
      this.#watches.delete(watch);
    };
  }
}
