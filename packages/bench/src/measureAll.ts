import { loadavg } from 'node:os';
import { Line, MeasurementName } from './lines';
import { say } from './say';

/** Makes one measurement: the values by the names of their lines. */
type Run = (name: MeasurementName) => Promise<Record<string, number>>;

/** Makes the measurements that these lines come from, each once. Of one that breaks the values are missing. */
export async function measureAll(
  lines: readonly Line[],
  run: Run,
): Promise<Map<string, number>> {
  const values = new Map<string, number>();
  for (const name of new Set(lines.map(({ measurement }) => measurement))) {
    say(`measuring ${name} (load ${loadavg()[0].toFixed(1)})`);
    try {
      const found = await run(name);
      Object.entries(found).forEach(([line, value]) => values.set(line, value));
    } catch (error) {
      // The lines are missing, which fails.
      say(error instanceof Error ? error.message : String(error));
    }
  }
  return values;
}
