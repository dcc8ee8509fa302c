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

/** A text that is equal for equal labels only. */
export function signature(labels: Labels): string {
  return JSON.stringify(
    Object.keys(labels)
      .sort()
      .map(name => [name, labels[name]]),
  );
}

export function keepLabels(labels: Labels, names: readonly string[]): Labels {
  const kept: Record<string, string> = {};
  for (const name of names) {
    if (labels[name] !== undefined) {
      kept[name] = labels[name];
    }
  }
  return kept;
}

export function dropLabels(labels: Labels, names: readonly string[]): Labels {
  const kept: Record<string, string> = { ...labels };
  for (const name of names) {
    delete kept[name];
  }
  return kept;
}

export function dropName(labels: Labels): Labels {
  return dropLabels(labels, ['__name__']);
}

/** Prometheus refuses a vector in which two elements have the same labels. */
export function distinct(elements: Element[]): Element[] {
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
