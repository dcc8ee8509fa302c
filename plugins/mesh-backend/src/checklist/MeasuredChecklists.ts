import { Measured } from 'backstage-plugin-mesh-common';

/** What was measured of the items of an entity, by item. */
export type MeasuredItems = ReadonlyMap<string, Measured>;

interface Known {
  inputs: readonly object[];
  measured: MeasuredItems;
}

/** What was measured last of each entity, for as long as what it comes from is the same and the entity is there. */
export class MeasuredChecklists {
  readonly #known = new Map<string, Known>();

  static create(): MeasuredChecklists {
    return new MeasuredChecklists();
  }

  private constructor() {}

  /** A lookup, unless one of the inputs is another object than it was. */
  get(
    entityRef: string,
    inputs: readonly object[],
    measure: () => MeasuredItems,
  ): MeasuredItems {
    const entry = this.#known.get(entityRef);
    if (entry && isSame(entry.inputs, inputs)) {
      return entry.measured;
    }
    const measured = measure();
    this.#known.set(entityRef, { inputs, measured });
    return measured;
  }

  /** Forgets the entities that are not among these. */
  retain(entityRefs: ReadonlySet<string>): void {
    for (const ref of this.#known.keys()) {
      if (!entityRefs.has(ref)) {
        this.#known.delete(ref);
      }
    }
  }
}

function isSame(a: readonly object[], b: readonly object[]): boolean {
  return a.length === b.length && a.every((input, index) => input === b[index]);
}
