import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/** Where a field is in a text, by lines that count from 1. */
export interface FieldLines {
  first: number;
  last: number;
  /** False where the text does not have the field: the lines are those of what would contain it. */
  exact: boolean;
}

/**
 * The lines of a field such as `spec.http[0].route[1].weight` in YAML. Names may contain dots, as those of
 * annotations do: at each step the longest name that is there is taken. Undefined where not even the first
 * step is there.
 */
export function fieldLines(text: string, path: string): FieldLines | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const steps = pathSteps(path);
  let node: unknown = document.contents;
  let range: [number, number] | undefined;
  let taken = 0;
  while (taken < steps.length) {
    const found = child(node, steps.slice(taken));
    if (!found) {
      break;
    }
    range = found.range;
    node = found.node;
    taken += found.steps;
  }
  if (!range) {
    return undefined;
  }
  return {
    first: lines.linePos(range[0]).line,
    last: lines.linePos(Math.max(range[0], range[1] - 1)).line,
    exact: taken === steps.length,
  };
}

interface Child {
  node: unknown;
  range: [number, number];
  /** How many steps of the path lead to it. */
  steps: number;
}

function child(
  node: unknown,
  steps: readonly (string | number)[],
): Child | undefined {
  const [step] = steps;
  if (isSeq(node) && typeof step === 'number') {
    const item: unknown = node.items[step];
    const range = rangeOf(item);
    return range && { node: item, range, steps: 1 };
  }
  if (!isMap(node)) {
    return undefined;
  }
  const names = steps.findIndex(name => typeof name === 'number');
  const candidates = names === -1 ? steps : steps.slice(0, names);
  for (let length = candidates.length; length > 0; length--) {
    const name = candidates.slice(0, length).join('.');
    const pair = node.items.find(
      ({ key }) => isScalar(key) && String(key.value) === name,
    );
    const start = rangeOf(pair?.key);
    if (pair && start) {
      const end = rangeOf(pair.value) ?? start;
      return { node: pair.value, range: [start[0], end[1]], steps: length };
    }
  }
  return undefined;
}

function rangeOf(node: unknown): [number, number] | undefined {
  if (isMap(node) || isSeq(node) || isScalar(node)) {
    // The end of the value, without the white space and comments after it.
    return node.range ? [node.range[0], node.range[1]] : undefined;
  }
  return undefined;
}

function pathSteps(path: string): (string | number)[] {
  return path
    .split(/\.|(?=\[\d+\])/)
    .filter(step => step !== '')
    .map(step => {
      const index = /^\[(\d+)\]$/.exec(step);
      return index ? Number(index[1]) : step;
    });
}
