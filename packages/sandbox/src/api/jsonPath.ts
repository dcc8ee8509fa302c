import { isRecord, own } from '../store/values';

/**
 * The JSONPath that definitions of custom resources use: members, `['quoted.member']`, indexes, `[*]` and filters as
 * `[?(@.type=="Ready")]`.
 */
export function readAll(value: unknown, path: string): unknown[] {
  return steps(path).reduce<unknown[]>(
    (values, step) => values.flatMap(step),
    [value],
  );
}

/** The first value at a path. */
export function readPath(value: unknown, path: string): unknown {
  return readAll(value, path)[0];
}

type Step = (value: unknown) => unknown[];

const cache = new Map<string, Step[]>();

const STEP =
  /\.?(?:\[\?\(\s*@\.([^\s=!<>]+)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|([^\s)]+))\s*\)\]|\['((?:[^'\\]|\\.)+)'\]|\["((?:[^"\\]|\\.)+)"\]|\[(-?\d+)\]|\[(\*)\]|((?:[^.[\]\\]|\\.)+))/y;

function steps(path: string): Step[] {
  let parsed = cache.get(path);
  if (!parsed) {
    parsed = [...parse(path.replace(/^\{|\}$/g, '').replace(/^\$/, ''))];
    cache.set(path, parsed);
  }
  return parsed;
}

function* parse(path: string): Generator<Step> {
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (!match) {
      // What the path means beyond this place is not known, so it names nothing.
      yield () => [];
      return;
    }
    yield stepOf(match);
  }
}

function stepOf(match: RegExpExecArray): Step {
  const [, filter, operator, double, single, bare, quoted, quoted2, index] =
    match;
  if (filter !== undefined) {
    const expected = double ?? single ?? bare;
    return value =>
      itemsOf(value).filter(
        item =>
          (String(readPath(item, filter)) === expected) === (operator === '=='),
      );
  }
  if (index !== undefined) {
    return value =>
      Array.isArray(value) ? present(value.at(Number(index))) : [];
  }
  if (match[9] === '*') {
    return itemsOf;
  }
  const name = (quoted ?? quoted2 ?? match[10]).replace(/\\(.)/g, '$1');
  return value => (isRecord(value) ? present(own(value, name)) : []);
}

function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value;
  }
  return isRecord(value) ? Object.values(value) : [];
}

function present(value: unknown): unknown[] {
  return value === undefined ? [] : [value];
}
