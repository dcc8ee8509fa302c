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

/** 0: all lines are there and within their limits; 1: some are not. */
export function exitCodeOf(measured: readonly Measured[]): 0 | 1 {
  return measured.some(fails) ? 1 : 0;
}

/** The lines for programs. */
export function jsonOf(measured: readonly Measured[]): string {
  return `${JSON.stringify(measured, undefined, 2)}\n`;
}

/** The lines for people. */
export function textOf(measured: readonly Measured[]): string {
  return `${measured.map(lineText).join('\n')}\n`;
}

function lineText(measured: Measured): string {
  const { name, value, unit, limit } = measured;
  const verdict = fails(measured) ? 'FAILS' : 'ok';
  return [
    name.padEnd(28),
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
