import { LabelSelector } from '../kubernetes/objects';
import { matchesSelector } from '../kubernetes/selectors';

type Expression = NonNullable<LabelSelector['matchExpressions']>[number];

/**
 * Whether a selector of a Server or a ServerAuthorization takes labels: as Kubernetes' selectors do, but that one matches
 * nothing at all if it has an expression with `In` or `NotIn` and no list of values, or with `Exists` or `DoesNotExist` and
 * a list.
 *
 * Upstream: policy-controller/k8s/api/src/labels.rs, `Expression::matches`.
 */
export function selects(
  selector: LabelSelector | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  return isUsable(selector) && matchesSelector(labels, selector);
}

/** Whether a selector can match anything. */
export function isUsable(selector: LabelSelector | undefined): boolean {
  return (selector?.matchExpressions ?? []).every(isLegal);
}

function isLegal({ operator, values }: Expression): boolean {
  const isAboutValues = operator === 'In' || operator === 'NotIn';
  return isAboutValues === (values !== undefined);
}
