import { isMap, isNode, isScalar, isSeq, LineCounter, YAMLMap } from 'yaml';
import type { JsonText } from './JsonText';
import type { ReadObject } from './readObject';

/** A place in a file; lines and columns count from 1. */
export interface Location {
  file: string;
  line: number;
  column: number;
}

/** Where a field of an object is written, such as `spec.rules[0].backendRefs[1]`. */
export function locate(
  object: Pick<ReadObject, 'file' | 'place'>,
  field: string,
): Location {
  return { file: object.file, ...object.place(field) };
}

/**
 * The place of a field in a YAML document; of a field that is not written, of what would contain it. Names may have
 * dots, as those of annotations do: at each step the longest name that is there is taken.
 */
export function placeInYaml(
  object: YAMLMap.Parsed,
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

/** The same in a JSON text, of the object that is at a path in it. */
export function placeInJson(
  text: JsonText,
  path: readonly Step[],
  field: string,
): Omit<Location, 'file'> {
  let steps = stepsOf(field);
  let offset = text.offsetOf(path);
  for (;;) {
    const found = childAt(text, offset, steps);
    if (!found) {
      return text.placeOf(offset);
    }
    offset = found.offset;
    steps = steps.slice(found.taken);
  }
}

/** The value that the longest name leads to which is there. */
function childAt(
  text: JsonText,
  parent: number,
  steps: readonly Step[],
): { offset: number; taken: number } | undefined {
  const names = namesAtStart(steps);
  if (names.length === 0 && steps.length > 0) {
    const offset = text.childAt(parent, steps[0]);
    return offset === undefined ? undefined : { offset, taken: 1 };
  }
  for (let taken = names.length; taken > 0; taken--) {
    const name = names.slice(0, taken).join('.');
    const offset = text.childAt(parent, name);
    if (offset !== undefined) {
      return { offset, taken };
    }
  }
  return undefined;
}

function namesAtStart(steps: readonly Step[]): readonly Step[] {
  const end = steps.findIndex(step => typeof step === 'number');
  return end < 0 ? steps : steps.slice(0, end);
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
  const names = namesAtStart(steps);
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
