import { z } from 'zod';

export const labelsSchema = z.record(z.string(), z.string());

export const labelSelectorSchema = z.object({
  matchLabels: labelsSchema.optional(),
  matchExpressions: z
    .array(
      z.object({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});

export type LabelSelector = z.infer<typeof labelSelectorSchema>;

/** Whether every label of the selector is on the object. */
export function hasLabels(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(
    ([key, value]) => labels[key] === value,
  );
}

/** A Kubernetes LabelSelector; an empty one selects everything. */
export function selects(
  selector: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    hasLabels(selector.matchLabels ?? {}, labels) &&
    (selector.matchExpressions ?? []).every(
      ({ key, operator, values = [] }) => {
        const value = labels[key];
        switch (operator) {
          case 'In':
            return value !== undefined && values.includes(value);
          case 'NotIn':
            return value === undefined || !values.includes(value);
          case 'Exists':
            return value !== undefined;
          default:
            return value === undefined;
        }
      },
    )
  );
}
