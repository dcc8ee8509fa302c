import { z } from 'zod';
import { Differing, Same } from './sameTypes';

/** Which of two types are the same: that the compiler agrees with each `true` and `false` is the test. */
const SAME: [
  Same<{ a: string; b?: number }, { b?: number | undefined; a: string }>,
  Same<Record<string, string>, { [key: string]: string }>,
] = [true, true];

const DIFFERENT: [
  Same<{ a: string; b?: number }, { a: string }>,
  Same<{ a: string }, { a: string; b?: number }>,
  Same<{ a?: string }, { a: string }>,
  Same<{ a: { b?: string }[] }, { a: {}[] }>,
  Same<{ a: 'x' | 'y' }, { a: 'x' }>,
  Same<{ a: string }, { a: unknown }>,
  Same<{ a: { b?: string } | undefined }, { a?: { b?: string } }>,
] = [false, false, false, false, false, false, false];

const schemas = {
  Right: z.object({ a: z.string().optional() }),
  Wrong: z.object({ a: z.string(), b: z.string().optional() }),
};

/** The compiler wants the names of the schemas that differ here, and takes no others. */
const differing: Record<
  Differing<typeof schemas, { Right: { a?: string }; Wrong: { a: string } }>,
  'differs'
> = { Wrong: 'differs' };

describe('the comparison of types', () => {
  it('names the schema that has a field more than the type', () => {
    const fields = Object.keys(schemas.Wrong.shape);
    expect(fields).toEqual(['a', 'b']);
    expect(Object.keys(differing)).toEqual(['Wrong']);
    expect(SAME.every(same => same)).toBe(true);
    expect(DIFFERENT.some(same => same)).toBe(false);
  });
});
