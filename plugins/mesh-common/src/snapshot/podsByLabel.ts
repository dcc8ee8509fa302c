import { Pod } from '../kubernetes/core';
import { LabelSelector } from '../kubernetes/objects';
import { hasLabels, matchesSelector } from '../kubernetes/selectors';
import { defineIndex } from './defineIndex';
import { defineQuestion, sameItems } from './defineQuestion';
import { MeshSnapshot } from './MeshSnapshot';

/** The pods of a namespace, and by the value of a label, for those labels that have been asked for. */
class PodIndex {
  readonly pods: readonly Pod[];
  readonly #byLabel = new Map<string, Map<string, Pod[]>>();

  constructor(pods: readonly Pod[]) {
    this.pods = pods;
  }

  withLabel(name: string, value: string): readonly Pod[] {
    const known = this.#byLabel.get(name) ?? this.#groupBy(name);
    this.#byLabel.set(name, known);
    return known.get(value) ?? [];
  }

  #groupBy(name: string): Map<string, Pod[]> {
    const byValue = new Map<string, Pod[]>();
    for (const pod of this.pods) {
      const { labels } = pod.metadata;
      if (Object.hasOwn(labels, name)) {
        const entry = byValue.get(labels[name]);
        if (entry) {
          entry.push(pod);
        } else {
          byValue.set(labels[name], [pod]);
        }
      }
    }
    return byValue;
  }
}

const podIndex = defineIndex(
  ['Pod'],
  ({ objects }) => new PodIndex(objects('Pod')),
);

function findPods(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): readonly Pod[] {
  const index = podIndex(snapshot, namespace);
  const wanted = Object.entries(labels);
  if (wanted.length === 0) {
    return index.pods;
  }
  const candidates = wanted
    .map(([name, value]) => index.withLabel(name, value))
    .reduce((fewest, next) => (next.length < fewest.length ? next : fewest));
  return wanted.length === 1
    ? candidates
    : candidates.filter(pod => hasLabels(pod.metadata.labels, labels));
}

const askPods = defineQuestion<readonly Pod[]>((snapshot, key) => {
  const [namespace, labels]: [string, Record<string, string>] = JSON.parse(key);
  return findPods(snapshot, namespace, labels);
}, sameItems);

/** The pods of a namespace that have all these labels; an empty set selects all of them. */
export function podsWithLabels(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): readonly Pod[] {
  return askPods(snapshot, JSON.stringify([namespace, labels]));
}

/** The pods of a namespace that a label selector selects. */
export function podsSelected(
  snapshot: MeshSnapshot,
  namespace: string,
  selector: LabelSelector | undefined,
): readonly Pod[] {
  if (!selector) {
    return [];
  }
  const candidates = podsWithLabels(snapshot, namespace, {
    ...equalities(selector),
    ...selector.matchLabels,
  });
  return selector.matchExpressions?.length
    ? candidates.filter(pod => matchesSelector(pod.metadata.labels, selector))
    : candidates;
}

/** The requirements that ask for one value, by which candidates are looked up rather than all pods tried. */
function equalities({
  matchExpressions = [],
}: LabelSelector): Record<string, string> {
  return Object.fromEntries(
    matchExpressions.flatMap(({ key, operator, values = [] }) =>
      operator === 'In' && values.length === 1 ? [[key, values[0]]] : [],
    ),
  );
}
