import { Pod } from '../kubernetes/core';
import { equalitiesOf } from '../kubernetes/equalities';
import { LabelSelector } from '../kubernetes/objects';
import { hasLabels, matchesSelector } from '../kubernetes/selectors';
import { definePatchedIndex } from './definePatchedIndex';
import { defineQuestion, sameItems } from './defineQuestion';
import { MeshSnapshot } from './MeshSnapshot';
import { PodGroups } from './PodGroups';

const podIndex = definePatchedIndex(
  'Pod',
  pods => new PodGroups(pods),
  (index, changes, pods) => index.patched(changes, pods),
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
  const candidates = podsWithLabels(
    snapshot,
    namespace,
    equalitiesOf(selector),
  );
  return selector.matchExpressions?.length
    ? candidates.filter(pod => matchesSelector(pod.metadata.labels, selector))
    : candidates;
}
