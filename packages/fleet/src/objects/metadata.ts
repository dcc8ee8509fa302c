import { Random } from '../random';

const CREATED = Date.UTC(2026, 0, 5, 8);
const MINUTE = 60_000;
const MINUTES_OF_HALF_A_YEAR = 260_000;

/** What the API server adds to the metadata of an object. */
export function serverMetadata(random: Random) {
  return {
    uid: uidOf(random),
    resourceVersion: String(100_000 + random.below(900_000)),
    creationTimestamp: timestamp(random),
  };
}

export function uidOf(random: Random): string {
  return [8, 4, 4, 4, 12].map(length => random.hex(length)).join('-');
}

export function timestamp(random: Random): string {
  return new Date(CREATED + random.below(MINUTES_OF_HALF_A_YEAR) * MINUTE)
    .toISOString()
    .replace('.000Z', 'Z');
}
