/** A mistake in how the command was called: one line, without a stack. */
export class UsageError extends Error {
  override name = 'UsageError';
}
