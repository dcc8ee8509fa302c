import { Sample } from 'backstage-plugin-mesh-common';
import { z } from 'zod';

const vectorSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

const errorSchema = z.object({
  status: z.literal('error'),
  error: z.string(),
});

/** The samples of an instant query's answer; undefined where it is no such answer. */
export function samplesOf(body: unknown): Sample[] | undefined {
  const vector = vectorSchema.safeParse(body);
  return vector.success
    ? vector.data.data.result.flatMap(({ metric, value: [, text] }) => {
        const value = numberOf(text);
        // NaN is how PromQL says that there is no value (0/0): no sample.
        return Number.isNaN(value) ? [] : [{ labels: metric, value }];
      })
    : undefined;
}

/** What the query API says about a query that it did not answer. */
export function errorTextOf(body: unknown): string | undefined {
  const error = errorSchema.safeParse(body);
  return error.success ? error.data.error : undefined;
}

function numberOf(text: string): number {
  switch (text) {
    case '+Inf':
      return Number.POSITIVE_INFINITY;
    case '-Inf':
      return Number.NEGATIVE_INFINITY;
    default:
      return Number(text);
  }
}
