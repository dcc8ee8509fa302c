import { Line } from './lines';

/** What was measured of a line; null where that failed. */
export interface Measured {
  name: string;
  value: number | null;
  unit: string;
  limit: number | null;
}

export function toMeasured(
  { name, unit, limit }: Line,
  values: ReadonlyMap<string, number>,
): Measured {
  return { name, value: values.get(name) ?? null, unit, limit };
}

/** Whether a line is missing, or over its limit. */
export function fails({ value, limit }: Measured): boolean {
  return value === null || (limit !== null && value > limit);
}

/** A line for people. */
export function textOf(measured: Measured): string {
  const { name, value, unit, limit } = measured;
  const verdict = fails(measured) ? 'FAILS' : 'ok';
  return [
    name.padEnd(20),
    (value === null ? 'missing' : numberText(value)).padStart(10),
    unit,
    limit === null ? '(reported)' : `(limit ${numberText(limit)}, ${verdict})`,
  ].join(' ');
}

/** Small shares are easier to read as fractions. */
function numberText(value: number): string {
  return value > 0 && value < 0.05
    ? `1/${Math.round(1 / value)}`
    : String(Number(value.toPrecision(3)));
}
