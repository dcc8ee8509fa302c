import { matchesSelector } from '../../kubernetes/selectors';
import { because } from '../../mesh/answers';
import { givenByNodes } from '../controllers';
import { Measurement } from '../measurement';
import { ofSelectingObjects } from '../selectingObjects';

const KIND = 'policy/PodDisruptionBudget';
const RULE = 'checklist/disruption-budgets';

/** A PodDisruptionBudget keeps some pods of each workload while nodes are drained. */
export const disruptionBudgets: Measurement = {
  looksAt:
    'PodDisruptionBudgets whose selector matches the pods of each workload.',
  ofPart: part =>
    ofSelectingObjects(part, {
      kind: KIND,
      rule: RULE,
      exempt: givenByNodes,
      find: (snapshot, { labels, ref }) =>
        [...snapshot.list(KIND, ref.namespace)]
          .filter(({ spec }) => matchesSelector(labels, spec?.selector))
          .map(object =>
            because(
              RULE,
              `PodDisruptionBudget ${object.metadata.name} selects the pods`,
              { snapshot, kind: KIND, object, field: 'spec.selector' },
            ),
          ),
      found: name => `a PodDisruptionBudget keeps pods of ${name}`,
      missing: name => `no PodDisruptionBudget selects the pods of ${name}`,
    }),
};
