/** What goes wrong with a Prometheus. */
export type PrometheusFault =
  /** Every request is answered with this status and an error in Prometheus' form. */
  | { kind: 'status'; code: number }
  /** Every request is answered with 200 and a page for people, as a proxy before it does. */
  | { kind: 'html' }
  /** Every answer comes so much later. */
  | { kind: 'slow'; milliseconds: number }
  /** Every query finds nothing. */
  | { kind: 'empty' };

/** The faults of a running server; they apply to requests that come after they were set. */
export class PrometheusFaults {
  #fault: PrometheusFault | undefined;

  get current(): PrometheusFault | undefined {
    return this.#fault;
  }

  set(fault: PrometheusFault): void {
    this.#fault = fault;
  }

  clear(): void {
    this.#fault = undefined;
  }
}
