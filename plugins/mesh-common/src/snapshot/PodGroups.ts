import { Pod } from '../kubernetes/core';
import { addTo } from './addTo';
import { Changes } from './changesBetween';

/** Pods by the value of one label, those of one value in their order in the namespace. */
type Groups = ReadonlyMap<string, readonly Pod[]>;

/** The pods of a namespace, and by the value of a label, for those labels that have been asked for. */
export class PodGroups {
  readonly #objects: ReadonlyMap<string, Pod>;
  readonly #byLabel: Map<string, Groups>;
  #pods: readonly Pod[] | undefined;

  constructor(
    objects: ReadonlyMap<string, Pod>,
    byLabel = new Map<string, Groups>(),
  ) {
    this.#objects = objects;
    this.#byLabel = byLabel;
  }

  get pods(): readonly Pod[] {
    this.#pods ??= [...this.#objects.values()];
    return this.#pods;
  }

  withLabel(name: string, value: string): readonly Pod[] {
    const known = this.#byLabel.get(name) ?? groupBy(name, this.pods);
    this.#byLabel.set(name, known);
    return known.get(value) ?? [];
  }

  /** The same of these pods, which came of its own by some changes. Labels of which a pod has another value now are grouped anew. */
  patched(changes: Changes<Pod>, objects: ReadonlyMap<string, Pod>): PodGroups {
    const byLabel = new Map<string, Groups>();
    for (const [name, groups] of this.#byLabel) {
      const same = changes.replaced.every(
        ([old, current]) => valueOf(old, name) === valueOf(current, name),
      );
      if (same) {
        byLabel.set(name, patchGroups(groups, name, changes));
      }
    }
    return new PodGroups(objects, byLabel);
  }
}

function groupBy(name: string, pods: readonly Pod[]): Groups {
  const groups = new Map<string, Pod[]>();
  for (const pod of pods) {
    const value = valueOf(pod, name);
    if (value !== undefined) {
      addTo(groups, value, pod);
    }
  }
  return groups;
}

/** The groups after changes that leave each pod in its group. */
function patchGroups(
  groups: Groups,
  name: string,
  { removed, replaced, added }: Changes<Pod>,
): Groups {
  const copy = new Map(groups);
  const touch = (pod: Pod, change: (group: readonly Pod[]) => Pod[]) => {
    const value = valueOf(pod, name);
    if (value !== undefined) {
      const group = change(copy.get(value) ?? []);
      if (group.length > 0) {
        copy.set(value, group);
      } else {
        copy.delete(value);
      }
    }
  };
  for (const pod of removed) {
    touch(pod, group => group.filter(other => other !== pod));
  }
  for (const [old, current] of replaced) {
    touch(old, group => group.map(other => (other === old ? current : other)));
  }
  for (const pod of added) {
    touch(pod, group => [...group, pod]);
  }
  return copy;
}

function valueOf({ metadata }: Pod, name: string): string | undefined {
  return Object.hasOwn(metadata.labels, name)
    ? metadata.labels[name]
    : undefined;
}
