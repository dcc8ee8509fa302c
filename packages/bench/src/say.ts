/** Tells people what is being done; what was measured goes to the standard output alone. */
export function say(what: string): void {
  process.stderr.write(`bench: ${what}\n`);
}
