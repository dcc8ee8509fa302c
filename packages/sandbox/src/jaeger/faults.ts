/** What a trace store does wrong, for tests and demonstrations. */
export interface JaegerFault {
  /** Answers come this much later. */
  latencyMs?: number;
  /** Every answer is this refusal. */
  status?: 401 | 403 | 429 | 500 | 503;
  /** Every answer is a page for people, as a proxy before the server makes one; with 200 where no status is set. */
  html?: boolean;
  /** Every answer is that of another trace store's API: valid JSON, but not Jaeger's. */
  otherFormat?: boolean;
  /** Every search finds nothing. */
  empty?: boolean;
}

/** The faults of one server; they hold from the moment they are set until they are cleared. */
export class JaegerFaults {
  #fault: JaegerFault = {};

  static create(): JaegerFaults {
    return new JaegerFaults();
  }

  get current(): JaegerFault {
    return this.#fault;
  }

  set(fault: JaegerFault): void {
    this.#fault = fault;
  }

  clear(): void {
    this.#fault = {};
  }
}
