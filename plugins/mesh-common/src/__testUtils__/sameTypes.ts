import { z } from 'zod';

/**
 * A type in which no field can be left out: TypeScript takes a type that lacks an optional field for one that has it.
 */
type Strict<T> = unknown extends T
  ? { unknown: true }
  : T extends readonly (infer Item)[]
  ? Strict<Item>[]
  : T extends object
  ? {
      [K in keyof T]-?: {} extends Pick<T, K>
        ? { optional: Strict<Exclude<T[K], undefined>> }
        : { required: Strict<T[K]> };
    }
  : T;

/** Whether both types have the same fields with the same types, and leave the same ones optional. */
export type Same<A, B> = [Strict<A>] extends [Strict<B>]
  ? [Strict<B>] extends [Strict<A>]
    ? true
    : false
  : false;

/** The names of the schemas that do not give the type written beside them, or have none. */
export type Differing<
  Schemas extends Record<string, z.ZodType>,
  Types extends Record<keyof Schemas, unknown>,
> = {
  [K in keyof Schemas]: Same<z.output<Schemas[K]>, Types[K]> extends true
    ? never
    : K;
}[keyof Schemas];
