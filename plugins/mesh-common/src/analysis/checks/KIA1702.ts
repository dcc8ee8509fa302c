import { WorkloadGroup } from '../../istio/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { defineIndex } from '../../snapshot/defineIndex';
import { defineCheck } from '../check';
import { fullNameOf, labelsText, refOf } from '../naming';

const KIND = 'networking.istio.io/WorkloadGroup';

const byLabels = defineIndex([KIND], ({ objects }) => {
  const found = new Map<string, WorkloadGroup[]>();
  for (const group of objects(KIND)) {
    const key = keyOf(group);
    found.set(key, [...(found.get(key) ?? []), group]);
  }
  return found;
});

/** Two WorkloadGroups of a namespace give their machines the same labels. */
export const groupsWithOneLabel = defineCheck({
  code: 'KIA1702',
  level: 'warning',
  title: 'WorkloadGroups with the same labels',
  explanation:
    'Services and policies tell machines apart by the labels that their WorkloadGroup gives them. Groups of one namespace with the same labels cannot be told apart.',
  upstream: 'workloadgroups.DuplicateLabelsChecker (Kiali)',
  mesh: 'istio',
  subject: KIND,
  needs: [],
  *run(group, snapshot) {
    const labels = labelsOf(group);
    const others = (
      byLabels(snapshot, namespaceOf(group)).get(keyOf(group)) ?? []
    ).filter(other => other !== group);
    if (Object.keys(labels).length > 0 && others.length > 0) {
      yield {
        message: `${refOf(group)} has the labels ${labelsText(
          labels,
        )}, as ${others.map(fullNameOf).sort().join(', ')}: give each its own`,
        field: 'spec.metadata.labels',
      };
    }
  },
});

function labelsOf({ spec }: WorkloadGroup): Readonly<Record<string, string>> {
  return spec?.metadata?.labels ?? {};
}

function keyOf(group: WorkloadGroup): string {
  return JSON.stringify(Object.entries(labelsOf(group)).sort());
}
