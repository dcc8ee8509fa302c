import { isMap, isNode, isScalar, isSeq, LineCounter, ParsedNode } from 'yaml';
import { lineOf, offsetInJson } from './jsonPlace';
import type { WrittenObject } from './parseFile';

/** A place in a file; lines and columns count from 1. */
export interface Location {
  file: string;
  line: number;
  column: number;
}

/** Where a field of an object is written, such as `spec.rules[0].backendRefs[1]`. */
export function locate(object: WrittenObject, field: string): Location {
  return { file: object.file, ...object.place(field) };
}

/**
 * The place of a field in a YAML document; of a field that is not written, of what would contain it. Names may have
 * dots, as those of annotations do: at each step the longest name that is there is taken.
 */
export function placeInYaml(
  object: ParsedNode,
  lines: LineCounter,
  field: string,
): Omit<Location, 'file'> {
  let steps = stepsOf(field);
  let node: unknown = object;
  let offset = object.range[0];
  for (;;) {
    const found = child(node, steps);
    if (!found) {
      const { line, col } = lines.linePos(offset);
      return { line, column: col };
    }
    node = found.node;
    offset = found.offset;
    steps = steps.slice(found.taken);
  }
}

/** The same in a JSON text, of the object that is at a path in it and says `raw`. */
export function placeInJson(
  text: string,
  path: readonly Step[],
  raw: unknown,
  field: string,
): Omit<Location, 'file'> {
  const taken: Step[] = [];
  let value: unknown = raw;
  let steps = stepsOf(field);
  while (steps.length > 0) {
    const count = longestStep(value, steps);
    if (count === 0) {
      break;
    }
    const step =
      typeof steps[0] === 'number' ? steps[0] : steps.slice(0, count).join('.');
    taken.push(step);
    value = Object(value)[step];
    steps = steps.slice(count);
  }
  return lineOf(text, offsetInJson(text, [...path, ...taken]));
}

/** How many of the steps the longest name takes that the value has; 0 where it has none. */
function longestStep(value: unknown, steps: readonly Step[]): number {
  if (value === null || typeof value !== 'object') {
    return 0;
  }
  if (typeof steps[0] === 'number') {
    return Object.hasOwn(value, steps[0]) ? 1 : 0;
  }
  const end = steps.findIndex(name => typeof name === 'number');
  for (let count = end < 0 ? steps.length : end; count > 0; count--) {
    if (Object.hasOwn(value, steps.slice(0, count).join('.'))) {
      return count;
    }
  }
  return 0;
}

export type Step = string | number;

function stepsOf(field: string): Step[] {
  return field
    .split(/\.|(?=\[\d+\])/)
    .filter(step => step !== '')
    .map(step => {
      const index = /^\[(\d+)\]$/.exec(step);
      return index ? Number(index[1]) : step;
    });
}

function child(
  node: unknown,
  steps: readonly Step[],
): { node: unknown; offset: number; taken: number } | undefined {
  const [step] = steps;
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step];
    return isNode(item) && item.range
      ? { node: item, offset: item.range[0], taken: 1 }
      : undefined;
  }
  if (!isMap(node)) {
    return undefined;
  }
  const end = steps.findIndex(name => typeof name === 'number');
  const names = end < 0 ? steps : steps.slice(0, end);
  for (let taken = names.length; taken > 0; taken--) {
    const name = names.slice(0, taken).join('.');
    const pair = node.items.find(
      ({ key }) => isScalar(key) && String(key.value) === name,
    );
    if (pair && isScalar(pair.key) && pair.key.range) {
      return { node: pair.value, offset: pair.key.range[0], taken };
    }
  }
  return undefined;
}
