import { ExecutionError } from './errors';
import type { Labels } from './series';

export interface Element {
  labels: Labels;
  value: number;
}

/** A value at one moment. */
export type Value =
  | { type: 'scalar'; value: number }
  | { type: 'vector'; elements: Element[] };

export function scalar(value: number): Value {
  return { type: 'scalar', value };
}

export function vector(elements: Element[]): Value {
  return { type: 'vector', elements };
}

/** Label sets are never changed, so what follows from one is computed once: a range query asks for it at each step. */
function remembered<T>(compute: (labels: Labels) => T): (labels: Labels) => T {
  const known = new WeakMap<Labels, { result: T }>();
  return labels => {
    let entry = known.get(labels);
    if (!entry) {
      entry = { result: compute(labels) };
      known.set(labels, entry);
    }
    return entry.result;
  };
}

/** A text that is equal for equal labels only. */
export const signature = remembered(labels =>
  JSON.stringify(
    Object.keys(labels)
      .sort()
      .map(name => [name, labels[name]]),
  ),
);

const projections = remembered(() => new Map<string, Labels>());

function projected(
  labels: Labels,
  key: string,
  keeps: (name: string) => boolean,
): Labels {
  const known = projections(labels);
  let projection = known.get(key);
  if (!projection) {
    projection = Object.fromEntries(
      Object.entries(labels).filter(([name]) => keeps(name)),
    );
    known.set(key, projection);
  }
  return projection;
}

export function keepLabels(labels: Labels, names: readonly string[]): Labels {
  return projected(labels, `+${names.join()}`, name => names.includes(name));
}

export function dropLabels(labels: Labels, names: readonly string[]): Labels {
  return projected(labels, `-${names.join()}`, name => !names.includes(name));
}

export const dropName = remembered(labels => dropLabels(labels, ['__name__']));

/**
 * Prometheus refuses a vector in which two elements have the same labels. It comes to that when the names, which alone
 * told the elements apart, are dropped; `before` has them still.
 */
export function distinct(elements: Element[], before: Element[]): Element[] {
  const [first] = before;
  if (before.every(({ labels }) => labels.__name__ === first.labels.__name__)) {
    return elements;
  }
  const seen = new Set<string>();
  for (const { labels } of elements) {
    const key = signature(labels);
    if (seen.has(key)) {
      throw new ExecutionError(
        'vector cannot contain metrics with the same labelset',
      );
    }
    seen.add(key);
  }
  return elements;
}
