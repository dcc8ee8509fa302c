/** The query is not PromQL: Prometheus answers 400. */
export class BadQuery extends Error {
  readonly errorType = 'bad_data';
  constructor(message: string) {
    super(message);
    this.name = 'BadQuery';
  }
}

/** The query is PromQL and cannot be answered: Prometheus answers 422. */
export class ExecutionError extends Error {
  readonly errorType = 'execution';
  constructor(message: string) {
    super(message);
    this.name = 'ExecutionError';
  }
}

/**
 * PromQL that this evaluator does not know. It is refused by name, since a number for something else
 * would be a wrong answer.
 */
export function unsupported(construct: string): ExecutionError {
  return new ExecutionError(
    `the sandbox does not evaluate ${construct}; docs/sandbox.md lists the PromQL that it knows`,
  );
}
