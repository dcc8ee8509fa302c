import { Input } from '../input/load';
import { InputProblem } from '../input/findFiles';
import { Terminal } from '../terminal';
import { UsageError } from '../usageError';

/** Says what is wrong with the input, and ends where there is nothing to work on. */
export function reportInput(input: Input, terminal: Terminal): void {
  for (const problem of input.problems) {
    terminal.err(`mesh: ${problemText(problem)}`);
  }
  for (const note of input.notes) {
    terminal.err(`mesh: note: ${problemText(note)}`);
  }
  if (input.objects + input.otherObjects === 0) {
    throw new UsageError('there is no object of Kubernetes in the input');
  }
}

/** `shop/cart.yaml:12:3: …` */
export function problemText({
  file,
  line,
  column,
  message,
}: InputProblem): string {
  const place = [file, line, column].filter(part => part !== undefined);
  return `${place.join(':')}: ${message}`;
}
