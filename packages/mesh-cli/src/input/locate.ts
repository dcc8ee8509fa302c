import { isMap, isNode, isScalar, isSeq } from 'yaml';
import { WrittenObject } from './parseFile';

/** A place in a file; lines and columns count from 1. */
export interface Location {
  file: string;
  line: number;
  column: number;
}

/**
 * Where a field of an object is written, such as `spec.rules[0].backendRefs[1]`; of a field that is not
 * written, what would contain it. Names may have dots, as those of annotations do: at each step the longest
 * name that is there is taken.
 */
export function locate(object: WrittenObject, field: string): Location {
  let steps = stepsOf(field);
  let node: unknown = object.node;
  let offset = object.node.range[0];
  for (;;) {
    const found = child(node, steps);
    if (!found) {
      const { line, col } = object.lines.linePos(offset);
      return { file: object.file, line, column: col };
    }
    node = found.node;
    offset = found.offset;
    steps = steps.slice(found.taken);
  }
}

type Step = string | number;

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
