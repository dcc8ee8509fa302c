import { fnv1a } from '../../controllers/names';

/**
 * The pace of a call: how much time has passed for it (in seconds) since the epoch. Traffic swells and ebbs by a
 * quarter in half an hour or so; on the average a second is a second, and it never runs backwards.
 */
export function paceOf(name: string): (time: number) => number {
  if (name === '') {
    return time => time / 1_000;
  }
  const hash = fnv1a(name);
  const period = 1_500 + (hash % 900);
  const phase = ((hash >>> 10) % 1_000) / 1_000;
  const omega = (2 * Math.PI) / period;
  const amplitude = 0.25;
  return time => {
    const seconds = time / 1_000;
    return (
      seconds -
      (amplitude / omega) * Math.cos(omega * seconds + 2 * Math.PI * phase)
    );
  };
}
