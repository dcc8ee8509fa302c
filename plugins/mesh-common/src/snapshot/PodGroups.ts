import { Pod } from '../kubernetes/core';
import { Changes } from './changesBetween';
import { GroupOf, Groups, groupBy, patchGroups } from './groups';

/** The pods of a namespace, and by the value of a label, for those labels that have been asked for. */
export class PodGroups {
  readonly #objects: ReadonlyMap<string, Pod>;
  readonly #byLabel: Map<string, Groups<Pod>>;
  #pods: readonly Pod[] | undefined;

  constructor(
    objects: ReadonlyMap<string, Pod>,
    byLabel = new Map<string, Groups<Pod>>(),
  ) {
    this.#objects = objects;
    this.#byLabel = byLabel;
  }

  get pods(): readonly Pod[] {
    this.#pods ??= [...this.#objects.values()];
    return this.#pods;
  }

  withLabel(name: string, value: string): readonly Pod[] {
    const known =
      this.#byLabel.get(name) ?? groupBy(this.#objects.values(), valueOf(name));
    this.#byLabel.set(name, known);
    return known.get(value) ?? [];
  }

  /** The same of these pods, which came of its own by some changes. */
  patched(changes: Changes<Pod>, objects: ReadonlyMap<string, Pod>): PodGroups {
    const byLabel = new Map<string, Groups<Pod>>();
    for (const [name, groups] of this.#byLabel) {
      const changed = patchGroups(groups, changes, valueOf(name));
      // Otherwise the pods are grouped when it is asked for.
      if (changed) {
        byLabel.set(name, changed);
      }
    }
    return new PodGroups(objects, byLabel);
  }
}

function valueOf(name: string): GroupOf<Pod> {
  return ({ metadata: { labels } }) =>
    Object.hasOwn(labels, name) ? labels[name] : undefined;
}
