/** What a Prometheus does wrong, for tests and demonstrations. */
export interface PrometheusFault {
  /** Answers come this much later. */
  latencyMs?: number;
  /** Every answer is this refusal. */
  status?: 401 | 403 | 429 | 500 | 503;
  /** Every answer is a page for people, as a proxy before the server makes one; with 200 where no status is set. */
  html?: boolean;
  /** Every query finds nothing. */
  empty?: boolean;
}

/** The faults of one server; they hold from the moment they are set until they are cleared. */
export class PrometheusFaults {
  #fault: PrometheusFault = {};

  static create(): PrometheusFaults {
    return new PrometheusFaults();
  }

  get current(): PrometheusFault {
    return this.#fault;
  }

  set(fault: PrometheusFault): void {
    this.#fault = fault;
  }

  clear(): void {
    this.#fault = {};
  }
}
