import { defineCheck } from '../check';
import { hostOfRule, namespacesOfRule } from '../destinationRuleHosts';
import { hostIsKnown } from '../knownHosts';
import { refOf } from '../naming';

/** A subset of a DestinationRule has no labels, and is all of the host. */
export const subsetWithoutLabels = defineCheck({
  code: 'KIA0209',
  level: 'warning',
  title: 'Subset without labels',
  explanation:
    'The labels of a subset say which of the pods of the host are in it. Without labels it is all of them, so that routes to it reach every version.',
  upstream: 'destinationrules.NoDestinationChecker, NoServiceChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['Service'],
  *run(rule, snapshot) {
    const subsets = rule.spec?.subsets ?? [];
    const isEmpty = ({ labels = {} }: (typeof subsets)[number]) =>
      Object.keys(labels).length === 0;
    if (
      !subsets.some(isEmpty) ||
      !hostIsKnown(snapshot, hostOfRule(snapshot, rule), namespacesOfRule(rule))
    ) {
      return;
    }
    for (const [index, subset] of subsets.entries()) {
      if (isEmpty(subset)) {
        yield {
          message: `${refOf(rule)}: the subset ${
            subset.name
          } has no labels, and is all of ${rule.spec?.host}`,
          field: `spec.subsets[${index}]`,
          // Beside subsets with labels it may be meant.
          ...(!subsets.every(isEmpty) && { level: 'info' as const }),
        };
      }
    }
  },
});
